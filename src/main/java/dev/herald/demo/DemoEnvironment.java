package dev.herald.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.Profiles;

/**
 * What the demo can't know before it starts: a free port for its mailbox, another one for
 * its pages where 8080 is taken, and a folder that nobody misses afterwards.
 */
final class DemoEnvironment implements EnvironmentPostProcessor, Ordered {

	private static final int USUAL_PORT = 8080;

	/** After application-demo.yaml was read. */
	@Override
	public int getOrder() {
		return ConfigDataEnvironmentPostProcessor.ORDER + 1;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		if (!environment.acceptsProfiles(Profiles.of("demo"))) {
			return;
		}
		Map<String, Object> values = new HashMap<>();
		values.put("herald.demo.imap-port", freePort(0));
		values.put("herald.demo.imap-password", UUID.randomUUID().toString());
		values.put("herald.data-dir", newFolder());
		if (!environment.containsProperty("server.port")) {
			int port = freePort(USUAL_PORT);
			values.put("server.port", port);
			values.put("herald.base-url", "http://localhost:" + port);
		}
		environment.getPropertySources().addFirst(new MapPropertySource("demo", values));
	}

	/** The wanted port, or any where that is taken. */
	private static int freePort(int wanted) {
		try (ServerSocket socket = new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			if (wanted == 0) {
				throw new UncheckedIOException("No port is free on 127.0.0.1", ex);
			}
			return freePort(0);
		}
	}

	private static String newFolder() {
		try {
			return Files.createTempDirectory("herald-demo-").toString();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("No folder can be made for the demo's mails", ex);
		}
	}

}
