# Herald in a container: built in stages, run as a user of its own, on a read-only root.
# Only /data and /tmp are written to. docker-compose.yml shows it with MySQL and a mail catcher.

FROM maven:3-eclipse-temurin-17 AS build
WORKDIR /build
COPY pom.xml ./
COPY .mvn .mvn
COPY templates templates
COPY batch batch
COPY src src
# The tests need more than a build does; `mvn verify` runs them outside.
RUN --mount=type=cache,target=/root/.m2 mvn -B --no-transfer-progress -DskipTests package

FROM eclipse-temurin:21-jre
RUN groupadd --system --gid 10001 herald \
    && useradd --system --uid 10001 --gid herald --home-dir /data --no-create-home --shell /usr/sbin/nologin herald \
    && install -d -o herald -g herald -m 0750 /data
WORKDIR /app
COPY --from=build /build/target/herald.jar ./

# Of the memory that the container may have: the rest is for threads, buffers and the JVM itself. One collector thread
# and the first compiler alone: docs/adr/0026-the-first-compiler-alone.md.
ENV HERALD_DATA_DIR=/data \
    JAVA_TOOL_OPTIONS="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError"
USER 10001:10001
VOLUME /data
EXPOSE 8080

# By bash's own sockets: a curl would be one more thing to keep up to date, and a JVM a second each time.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${SERVER_PORT:-8080} && printf 'GET /actuator/health HTTP/1.0\\r\\n\\r\\n' >&3 && read -r -t 4 status <&3 && [[ $status == *' 200'* ]]"]

# Exec form, so that Java gets the SIGTERM and ends its sends in order.
ENTRYPOINT ["java", "-jar", "/app/herald.jar"]
