package dev.herald.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that send by the octet, at a Tomcat of two threads and two seconds' patience.
 */
class PacedHttp11Tests {

	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private static final String POST = "POST /%s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n";

	@TempDir
	private Path folder;

	private Tomcat tomcat = new Tomcat();

	@BeforeEach
	void start() throws LifecycleException {
		PacedHttp11 protocol = new PacedHttp11(PATIENCE);
		protocol.setAddress(InetAddress.getLoopbackAddress());
		protocol.setMinSpareThreads(1);
		protocol.setMaxThreads(2);
		Connector connector = new Connector(protocol);
		connector.setPort(0);
		this.tomcat.setBaseDir(this.folder.toString());
		this.tomcat.setConnector(connector);
		Context context = this.tomcat.addContext("", null);
		Tomcat.addServlet(context, "counting", new Counting()).addMapping("/read");
		Tomcat.addServlet(context, "refusing", new Refusing()).addMapping("/refuse");
		this.tomcat.start();
	}

	@AfterEach
	void stop() throws LifecycleException {
		this.tomcat.stop();
		this.tomcat.destroy();
	}

	@Test
	void bodiesByTheOctetAreCutOffAndOthersAreServedMeanwhile() throws Exception {
		try (Client one = new Client(); Client other = new Client()) {
			one.send(POST.formatted("read", 1000));
			other.send(POST.formatted("read", 1000));
			Thread drip = new Thread(() -> assertThat(one.drip()).isLessThan(5_000));
			drip.start();
			assertThat(other.drip()).as("milliseconds it was held for").isBetween(1_500L, 5_000L);
			assertThat(get()).isEqualTo("0");
			drip.join();
		}
	}

	@Test
	void aHeadByTheOctetIsCutOff() throws Exception {
		try (Client client = new Client()) {
			client.send("GET /read HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
			assertThat(client.drip()).isBetween(1_500L, 5_000L);
		}
	}

	@Test
	void whatIsRefusedIsNotReadForEverEither() throws Exception {
		try (Client client = new Client()) {
			client.send(POST.formatted("refuse", 100_000_000));
			assertThat(client.line()).contains("413");
			assertThat(client.drip()).isBetween(1_000L, 5_000L);
		}
	}

	@Test
	void aBodyThatComesSteadilyMayTakeLonger() throws Exception {
		try (Client client = new Client()) {
			client.send(POST.formatted("read", 20_000));
			for (int i = 0; i < 20; i++) {
				client.send("x".repeat(1000));
				Thread.sleep(150);
			}
			assertThat(client.line()).contains("200");
		}
	}

	@Test
	void aConnectionThatIsUsedAgainBeginsAnew() throws Exception {
		try (Client client = new Client()) {
			for (int i = 0; i < 3; i++) {
				client.send(POST.formatted("read", 2) + "ab");
				assertThat(client.line()).contains("200");
				Thread.sleep(1_000);
				client.skip();
			}
		}
	}

	private String get() throws IOException, InterruptedException {
		URI uri = URI.create("http://localhost:" + this.tomcat.getConnector().getLocalPort() + "/read");
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString())
			.body();
	}

	/** A raw connection, and how slow its user is. */
	private final class Client implements AutoCloseable {

		private final Socket socket = new Socket(InetAddress.getLoopbackAddress(),
				PacedHttp11Tests.this.tomcat.getConnector().getLocalPort());

		Client() throws IOException {
			this.socket.setSoTimeout(10_000);
		}

		void send(String text) throws IOException {
			OutputStream out = this.socket.getOutputStream();
			out.write(text.getBytes(StandardCharsets.US_ASCII));
			out.flush();
		}

		/** The first of an answer. */
		String line() throws IOException {
			StringBuilder line = new StringBuilder();
			InputStream in = this.socket.getInputStream();
			for (int octet = in.read(); octet != '\n' && octet >= 0; octet = in.read()) {
				line.append((char) octet);
			}
			return line.toString();
		}

		/** What has come of the rest. */
		void skip() throws IOException {
			this.socket.getInputStream().skipNBytes(this.socket.getInputStream().available());
		}

		/**
		 * Sends an octet ten times a second until that fails, for ten seconds at most.
		 * @return how many milliseconds it could
		 */
		long drip() {
			long begun = System.nanoTime();
			try {
				for (int i = 0; i < 100; i++) {
					send("x");
					Thread.sleep(100);
				}
			}
			catch (SocketException ex) {
				// Cut.
			}
			catch (IOException | InterruptedException ex) {
				throw new AssertionError(ex);
			}
			return Duration.ofNanos(System.nanoTime() - begun).toMillis();
		}

		@Override
		public void close() throws IOException {
			this.socket.close();
		}

	}

	private static final class Counting extends HttpServlet {

		@Override
		protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
			response.getWriter().print(request.getInputStream().readAllBytes().length);
		}

	}

	private static final class Refusing extends HttpServlet {

		@Override
		protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
			response.setStatus(413);
			response.flushBuffer();
		}

	}

}
