package dev.herald.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.ApplicationContextFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.Resource;

/**
 * The contexts that Spring Boot makes, but what they find and read of classes and
 * annotations is kept for the next one. A server starts once; a process of the tests
 * starts a hundred, all of the same classes. Found through META-INF/spring.factories.
 */
@Order(0)
final class RememberingContexts implements ApplicationContextFactory {

	private static final Map<Class<?>, Map<Resource, ?>> READ = new ConcurrentHashMap<>();

	private static final Map<String, Resource[]> FOUND = new ConcurrentHashMap<>();

	@Override
	public @Nullable ConfigurableApplicationContext create(@Nullable WebApplicationType type) {
		if (type == WebApplicationType.SERVLET) {
			return new Server();
		}
		return (type == WebApplicationType.NONE) ? new Headless() : null;
	}

	@SuppressWarnings("unchecked")
	private static <T> Map<Resource, T> read(Class<T> type) {
		return (Map<Resource, T>) READ.computeIfAbsent(type, (key) -> new ConcurrentHashMap<Resource, T>());
	}

	/** Of classes alone: other files come and go. */
	private static Resource[] found(String pattern, Finder finder) throws IOException {
		if (!pattern.endsWith(".class")) {
			return finder.find(pattern);
		}
		try {
			return FOUND.computeIfAbsent(pattern, (key) -> {
				try {
					return finder.find(key);
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			}).clone();
		}
		catch (UncheckedIOException ex) {
			throw new IOException(ex);
		}
	}

	private interface Finder {

		Resource[] find(String pattern) throws IOException;

	}

	private static final class Server extends AnnotationConfigServletWebServerApplicationContext {

		@Override
		public Resource[] getResources(String locationPattern) throws IOException {
			return found(locationPattern, super::getResources);
		}

		@Override
		public <T> Map<Resource, T> getResourceCache(Class<T> valueType) {
			return read(valueType);
		}

		@Override
		protected void resetCommonCaches() {
			// Kept for the next context.
		}

	}

	private static final class Headless extends AnnotationConfigApplicationContext {

		@Override
		public Resource[] getResources(String locationPattern) throws IOException {
			return found(locationPattern, super::getResources);
		}

		@Override
		public <T> Map<Resource, T> getResourceCache(Class<T> valueType) {
			return read(valueType);
		}

		@Override
		protected void resetCommonCaches() {
			// Kept for the next context.
		}

	}

}
