package dev.herald.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.ActiveProfiles;

import dev.herald.web.Browser.Page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@WebTest
@ActiveProfiles("demo")
class DemoTests {

	@LocalServerPort
	private int port;

	@Autowired
	private Environment environment;

	@Test
	void theDemoListensOnThisMachineOnly() {
		assertThat(this.environment.getProperty("server.address")).isEqualTo("127.0.0.1");
	}

	@Test
	void whoeverComesFromThisMachineIsItsAdmin() {
		Browser visitor = new Browser(this.port);
		assertThat(visitor.get("/accounts").status()).isEqualTo(200);
		assertThat(visitor.get("/nowhere").status()).isEqualTo(404);
		assertThat(visitor.get("/").html().select("header").text()).contains("Demo").doesNotContain("Sign out");
	}

	@Test
	void aNameOfSomebodyElsesThatLeadsHereIsRefused() throws IOException {
		assertThat(answerAs("rebound.example.org")).startsWith("HTTP/1.1 403");
		assertThat(answerAs("localhost.example.org:" + this.port)).startsWith("HTTP/1.1 403");
		assertThat(answerAs("localhost:" + this.port)).startsWith("HTTP/1.1 200");
		assertThat(answerAs("127.0.0.1")).startsWith("HTTP/1.1 200");
	}

	@Test
	void viewOnlineInARehearsedMailLeadsToItsPage() throws IOException {
		Browser visitor = new Browser(this.port);
		String mail = await().atMost(Duration.ofSeconds(60))
			.until(() -> visitor.get("/mailbox").html().select("main td a:contains(Quiet)").attr("href"),
					(href) -> !href.isEmpty());
		String online = visitor.get(mail + "/frame")
			.html()
			.select("a[href*=/archive/]")
			.attr("href")
			.replaceFirst("^https?://[^/]+", "");
		Page page = new Browser(this.port).get(online);
		assertThat(page.status()).isEqualTo(200);
		assertThat(page.html().select(".notice").text()).startsWith("尚未发布");
		assertThat(answerTo(online, "rebound.example.org")).startsWith("HTTP/1.1 403");
	}

	/** By hand: the client of the JDK sets the Host itself. */
	private String answerAs(String host) throws IOException {
		return answerTo("/accounts", host);
	}

	private String answerTo(String path, String host) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.setSoTimeout(20_000);
			socket.getOutputStream()
				.write(("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
		}
	}

}
