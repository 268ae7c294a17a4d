package dev.herald.web;

import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.herald.HeraldApplication;
import dev.herald.account.Accounts;
import dev.herald.account.Role;
import dev.herald.testing.TestCertificate;

import static org.assertj.core.api.Assertions.assertThat;

/** What a restart leaves, and what some settings of the server change. */
@ExtendWith(OutputCaptureExtension.class)
class RestartTests {

	private static final String PASSWORD = "copper kettle 9 bells";

	private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=MySQL;DB_CLOSE_DELAY=-1";

	@TempDir
	private Path folder;

	@Test
	void aRestartSignsNobodyOutAndAnAdminWithoutTheNeededSecondFactorSetsItUpFirst(CapturedOutput console)
			throws Exception {
		Browser admin;
		Browser editor;
		try (ConfigurableApplicationContext server = start("--server.forward-headers-strategy=native",
				"--server.tomcat.remoteip.internal-proxies=127\\.0\\.0\\.1")) {
			assertThat(console.getOut()).containsOnlyOnce("There is no account yet. Make the first one at ")
				.containsPattern("/setup\\?token=[\\w-]{40,}\\s");
			server.getBean(Accounts.class).create("ada@example.org", PASSWORD, Role.ADMIN);
			server.getBean(Accounts.class).create("ann@example.org", PASSWORD, Role.EDITOR);
			admin = new Browser(port(server));
			admin.signIn("ada@example.org", PASSWORD);
			editor = new Browser(port(server));
			editor.signIn("ann@example.org", PASSWORD);
			cookiesAreForHttpsAloneWhereTheProxyTakesIt(new Browser(port(server)));
		}
		try (ConfigurableApplicationContext server = start("--herald.sign-in.admin-totp=true",
				"--server.forward-headers-strategy=native")) {
			assertThat(editor.at(port(server)).get("/account").status()).isEqualTo(200);
			assertThat(admin.at(port(server)).get("/accounts").location()).isEqualTo("/account/totp");
			assertThat(admin.at(port(server)).get("/account/totp").words())
				.contains("An ADMIN here needs a second factor");
			Browser lying = new Browser(port(server));
			assertThat(lying.get("/sign-in", "X-Forwarded-Proto", "https").header("Set-Cookie"))
				.startsWith("herald-form=")
				.doesNotContain("Secure");
			lying.postWith("/sign-in", Map.of("address", "ann@example.org", "password", "guess"), "X-Forwarded-For",
					"203.0.113.9");
			assertThat(server.getBean(JdbcClient.class)
				.sql("SELECT who FROM audit_entry WHERE action = 'sign.in.failed'")
				.query(String.class)
				.list()).as("no proxy is named").containsExactly("127.0.0.1");
		}
		assertThat(console.getOut()).as("there are accounts").containsOnlyOnce("There is no account yet");
		TestCertificate certificate = TestCertificate.of("ip:127.0.0.1");
		try (ConfigurableApplicationContext server = start("--herald.base-url=https://news.example.org",
				"--server.ssl.key-store=" + kept(certificate), "--server.ssl.key-store-password=" + PASSWORD)) {
			HttpHeaders form = overTls(certificate, "https://127.0.0.1:" + port(server) + "/sign-in");
			assertThat(form.firstValue("Set-Cookie").orElseThrow()).startsWith("__Host-herald-form=")
				.contains("; Secure", "; HttpOnly", "; SameSite=Strict");
			assertThat(form.firstValue("Strict-Transport-Security").orElseThrow()).contains("max-age=");
		}
	}

	private Path kept(TestCertificate certificate) throws Exception {
		Path file = this.folder.resolve("tls.p12");
		KeyStore keys = KeyStore.getInstance("PKCS12");
		keys.load(null, null);
		keys.setKeyEntry("herald", certificate.keys().getKey("relay", TestCertificate.PASSWORD.toCharArray()),
				PASSWORD.toCharArray(), certificate.keys().getCertificateChain("relay"));
		try (OutputStream out = Files.newOutputStream(file)) {
			keys.store(out, PASSWORD.toCharArray());
		}
		return file;
	}

	private static HttpHeaders overTls(TestCertificate certificate, String address) throws Exception {
		HttpClient client = HttpClient.newBuilder().sslContext(certificate.trusting()).build();
		return client.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.discarding()).headers();
	}

	private static void cookiesAreForHttpsAloneWhereTheProxyTakesIt(Browser browser) {
		Browser.Page plain = browser.get("/sign-in");
		assertThat(plain.header("Set-Cookie")).startsWith("herald-form=")
			.contains("; HttpOnly", "; SameSite=Strict")
			.doesNotContain("Secure");
		assertThat(plain.header("Strict-Transport-Security")).isEmpty();
		Browser.Page in = browser.postWith("/sign-in", Map.of("address", "ann@example.org", "password", PASSWORD),
				"X-Forwarded-Proto", "https");
		assertThat(in.response().headers().allValues("Set-Cookie"))
			.anySatisfy((session) -> assertThat(session).startsWith("herald="))
			.allSatisfy((cookie) -> assertThat(cookie).contains("; Secure", "; HttpOnly", "; SameSite="));
		Browser.Page wanted = browser.get("/accounts", "X-Forwarded-Proto", "https");
		assertThat(wanted.response().headers().allValues("Set-Cookie"))
			.anySatisfy((cookie) -> assertThat(cookie).startsWith("herald-wanted=%2Faccounts;"))
			.allSatisfy((cookie) -> assertThat(cookie).contains("; Secure", "; HttpOnly", "; SameSite="));
	}

	private ConfigurableApplicationContext start(String... more) {
		String[] properties = { "--server.port=0", "--server.address=127.0.0.1", "--spring.datasource.url=" + this.url,
				"--herald.data-dir=" + this.folder };
		String[] all = Stream.concat(Arrays.stream(properties), Arrays.stream(more)).toArray(String[]::new);
		return new SpringApplicationBuilder(HeraldApplication.class).logStartupInfo(false).run(all);
	}

	private static int port(ConfigurableApplicationContext server) {
		return Integer.parseInt(String.valueOf(server.getEnvironment().getProperty("local.server.port")));
	}

}
