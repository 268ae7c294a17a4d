package dev.herald.bounce;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

import dev.herald.HeraldApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The whole server, as `serve` starts it, with the job's time an hour away. */
class WatchedServerTests {

	private static ConfigurableApplicationContext serve(Path folder, String... settings) {
		String[] arguments = Stream
			.concat(Stream.of("spring.datasource.url=jdbc:h2:mem:watched;MODE=MySQL;DB_CLOSE_DELAY=-1",
					"herald.data-dir=" + folder, "herald.home=" + folder, "server.port=0", "server.address=127.0.0.1"),
					Stream.of(settings))
			.map((setting) -> "--" + setting)
			.toArray(String[]::new);
		return new SpringApplicationBuilder(HeraldApplication.class).logStartupInfo(false).run(arguments);
	}

	@Test
	void aMailThatComesIsRecordedWithinSecondsAlthoughTheNextRunIsAnHourAway(@TempDir Path folder) throws Exception {
		Files.writeString(Files.createDirectory(folder.resolve("batch")).resolve("collect-bounces.yaml"),
				"every: 1h\n");
		try (ReturnsServer server = new ReturnsServer();
				ConfigurableApplicationContext herald = serve(folder, server.mailbox("main", "imaps"))) {
			JdbcClient jdbc = herald.getBean(JdbcClient.class);
			await().atMost(Duration.ofSeconds(30))
				.until(() -> jdbc.sql("SELECT COUNT(*) FROM BATCH_JOB_EXECUTION WHERE STATUS = 'COMPLETED'")
					.query(Integer.class)
					.single() > 0);
			server.deliver("From: ann@example.net\nSubject: a question\n\nHello");
			await().atMost(Duration.ofSeconds(10)).until(() -> !server.subjects("Herald.Review").isEmpty());
			assertThat(server.left()).isEmpty();
		}
	}

}
