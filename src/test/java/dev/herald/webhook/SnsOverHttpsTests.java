package dev.herald.webhook;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class SnsOverHttpsTests {

	private final List<String> asked = new CopyOnWriteArrayList<>();

	@SuppressWarnings("NullAway.Init") // Set before each test.
	private HttpServer server;

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		serve("/ok", 200, "certificate".getBytes(StandardCharsets.UTF_8));
		serve("/large", 200, new byte[64 * 1024 + 1]);
		serve("/missing", 404, "no".getBytes(StandardCharsets.UTF_8));
		serve("/moved", 302, new byte[1]);
		this.server.start();
	}

	private void serve(String path, int status, byte[] body) {
		this.server.createContext(path, (exchange) -> {
			this.asked.add(path);
			exchange.getResponseHeaders().add("Location", "/ok");
			exchange.sendResponseHeaders(status, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
	}

	private byte[] get(String path) throws IOException {
		return new SnsOverHttps().get(URI.create("http://127.0.0.1:" + this.server.getAddress().getPort() + path));
	}

	@Test
	void whatIsThereIsHad() throws IOException {
		assertThat(get("/ok")).asString(StandardCharsets.UTF_8).isEqualTo("certificate");
	}

	@Test
	void aRedirectIsNotFollowed() {
		assertThatIOException().isThrownBy(() -> get("/moved")).withMessage("status 302");
		assertThat(this.asked).containsExactly("/moved");
	}

	@Test
	void whatIsMissingOrTooMuchIsAnError() {
		assertThatIOException().isThrownBy(() -> get("/missing")).withMessage("status 404");
		assertThatIOException().isThrownBy(() -> get("/large")).withMessage("more than 64 KB");
	}

}
