package dev.herald.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.herald.account.Accounts;
import dev.herald.account.Role;
import dev.herald.account.SetUp;
import dev.herald.web.Browser.Page;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an attacker may try at forms and uploads. Stored and reflected scripts are in
 * EveryPageTests, form tokens in AccessTests, sessions and redirects after signing in in
 * SignInTests, slow clients in PacedHttp11Tests.
 */
@WebTest
class AttackTests {

	private static final String PASSWORD = "copper kettle 9 bells";

	private static final int HUNDRED_MEGABYTES = 100 * 1024 * 1024;

	private static final String IMPORTS = "/newsletters/weekly/subscribers/imports";

	@LocalServerPort
	private int port;

	@Autowired
	private ServletWebServerApplicationContext server;

	@Autowired
	private SetUp setUp;

	@Autowired
	private Accounts accounts;

	@Autowired
	private JdbcClient jdbc;

	private Browser admin = new Browser(0);

	private Browser editor = new Browser(0);

	@BeforeEach
	void signIn() {
		if (this.accounts.none()) {
			this.setUp.firstAdmin(this.setUp.token().orElseThrow(), "ada@example.org", PASSWORD);
			this.accounts.create("ann@example.org", PASSWORD, Role.EDITOR);
		}
		this.admin = new Browser(this.port);
		this.admin.signIn("ada@example.org", PASSWORD);
		this.editor = new Browser(this.port);
		this.editor.signIn("ann@example.org", PASSWORD);
		this.admin.post("/newsletters", Map.of("key", "weekly", "name", "Weekly", "from", "W <weekly@example.org>",
				"language", "en", "postalAddress", "1 Kettle Street"));
	}

	@Test
	void anUploadOf100MegabytesIsRefusedBeforeItIsSent() throws IOException {
		try (Socket client = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			client.setSoTimeout(10_000);
			client.getOutputStream()
				.write("""
						POST %s HTTP/1.1
						Host: localhost
						Content-Type: multipart/form-data; boundary=x
						Content-Length: %d
						Accept-Language: en

						--x""".formatted(IMPORTS, HUNDRED_MEGABYTES)
					.replace("\n", "\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			client.getOutputStream().flush();
			byte[] answer = client.getInputStream().readNBytes(15);
			assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 413 \r\n".substring(0, 15));
		}
	}

	/** A browser shows an answer only when it has sent all. */
	@Test
	void whoSendsAll100MegabytesReadsWhyTheyWereRefused() throws Exception {
		Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
		long before = files(temporary);
		HttpResponse<String> answer = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + IMPORTS))
				.header("Content-Type", "multipart/form-data; boundary=x")
				.header("Cookie", "herald=" + this.admin.cookie("herald"))
				.timeout(Duration.ofSeconds(60))
				.POST(BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(Zeros::new), HUNDRED_MEGABYTES))
				.build(), BodyHandlers.ofString());
		assertThat(answer.statusCode()).isEqualTo(413);
		assertThat(answer.body()).contains("This file is too large", "At most 50 MB");
		assertThat(files(temporary)).as("files that were written on the way").isEqualTo(before);
	}

	private static long files(Path folder) throws IOException {
		try (Stream<Path> all = Files.list(folder)) {
			return all
				.filter((file) -> file.getFileName().toString().startsWith("herald-import-")
						|| file.getFileName().toString().startsWith("upload_"))
				.count();
		}
	}

	@Test
	void aBodyOfUnknownLengthIsNotTaken() throws Exception {
		HttpResponse<String> answer = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + "/sign-in"))
				.header("Content-Type", "application/x-www-form-urlencoded")
				.timeout(Duration.ofSeconds(60))
				.POST(BodyPublishers.ofInputStream(Zeros::new))
				.build(), BodyHandlers.ofString());
		assertThat(answer.statusCode()).isEqualTo(411);
	}

	@Test
	void theServerCutsSlowClientsOff() {
		assertThat(((TomcatWebServer) Objects.requireNonNull(this.server.getWebServer())).getTomcat()
			.getConnector()
			.getProtocolHandler()).isInstanceOf(PacedHttp11.class);
	}

	@Test
	void namesOfFilesAndSlugsLeadNowhereElse() throws IOException {
		byte[] issue = "# A title\n\nText.\n".getBytes(StandardCharsets.UTF_8);
		for (String name : List.of("../../../evil.md", "..\\..\\evil.md", "/etc/evil.md", "C:\\evil.md", "evil.md")) {
			this.editor.get("/newsletters/weekly");
			Page page = this.editor.upload("/newsletters/weekly/issues", name, issue, Map.of());
			assertThat(page.location()).as(name).isEqualTo("/newsletters/weekly/issues/evil");
		}
		for (String slug : List.of("..", "../x", "a/b", "a\\b", "%2e%2e", "a\u0000b", "<script>", ".")) {
			this.editor.get("/newsletters/weekly");
			Page page = this.editor.upload("/newsletters/weekly/issues", "fine.md", issue, Map.of("slug", slug));
			assertThat(page.location()).as(slug).doesNotContain("..", "<", "//").doesNotContain("issues/a/");
			assertThat(page.status()).as(slug).isIn(302, 400);
		}
		this.admin.get("/newsletters/weekly/subscribers");
		Page page = this.admin.upload(IMPORTS, "../../../evil.csv", "email\n".getBytes(StandardCharsets.UTF_8),
				Map.of());
		assertThat(page.location()).matches(IMPORTS + "/[0-9a-f]{32}");
		try (Stream<Path> all = Files.walk(Path.of("target"), 4)) {
			assertThat(all.filter((file) -> file.getFileName().toString().startsWith("evil"))).isEmpty();
		}
		for (String path : List.of("/webjars/..%2fapplication.yaml", "/webjars/%2e%2e/application.yaml",
				"/archive/weekly/..%2f..%2fapplication.yaml", "/mailbox/..%2f..%2fherald.mv.db",
				IMPORTS + "/..%2f..%2fx/rejects")) {
			assertThat(this.admin.get(path).status()).as(path).isIn(400, 404);
		}
	}

	@Test
	void fieldsThatNoFormHasChangeNothing() {
		this.editor.get("/newsletters/weekly/settings");
		this.editor.post("/newsletters/weekly/settings",
				Map.of("name", "Weekly", "from", "W <weekly@example.org>", "language", "en", "key", "stolen", "nameKey",
						"stolen", "id", "99", "createdAt", "1999-01-01T00:00:00Z"));
		assertThat(this.jdbc.sql("SELECT name_key FROM newsletter").query(String.class).list()).containsOnly("weekly");
		this.editor.get("/newsletters/weekly");
		this.editor.post("/newsletters/weekly/begin",
				Map.of("title", "Begun", "slug", "../x", "writer", "eve@example.org", "currentVersion", "99"));
		Page page = this.editor.get("/newsletters/weekly/issues/begun/edit");
		this.editor.post("/newsletters/weekly/issues/begun/edit", Map.of("text", "# Begun\n\nText.\n", "writer",
				"eve@example.org", "number", "77", "basedOn", page.html().select("input[name=basedOn]").attr("value")));
		assertThat(this.jdbc.sql("""
				SELECT CONCAT(v.number, ' ', v.writer) FROM issue_version v JOIN issue i ON i.id = v.issue_id
				WHERE i.slug = 'begun' ORDER BY v.number
				""").query(String.class).list()).as("begun by the form, then saved by its writer")
			.containsExactly("1 ", "2 ann@example.org");
		assertThat(this.editor
			.post("/accounts", Map.of("address", "eve@example.org", "password", PASSWORD, "role", "ADMIN"))
			.status()).isEqualTo(403);
		this.editor.get("/account");
		this.editor.post("/account/tokens",
				Map.of("name", "mine", "days", "7", "account", "1", "accountId", "1", "prefix", "x"));
		assertThat(this.jdbc.sql("""
				SELECT a.address FROM api_token t JOIN account a ON a.id = t.account_id WHERE t.name = 'mine'
				""").query(String.class).list()).containsExactly("ann@example.org");
	}

	@Test
	void noCellOfADownloadIsAFormula() {
		String csv = "email,name\n";
		for (String begin : List.of("=", "+", "-", "@", "\t=", "＝", "'=")) {
			csv += "r%d@example.org,\"%s1+cmd|' /C calc'!A0\"\n".formatted(csv.length(), begin);
		}
		csv += "\"=1+1\",\"@SUM(1)\"\n";
		this.admin.get("/newsletters/weekly/subscribers");
		String path = this.admin.upload(IMPORTS, "r.csv", csv.getBytes(StandardCharsets.UTF_8), Map.of()).location();
		Awaitility.await().until(() -> this.admin.get(path).words().contains("Nothing is changed yet"));
		this.admin.post(path, Map.of());
		Awaitility.await().until(() -> this.admin.get(path).words().contains("To the subscribers"));
		for (String download : List.of("/newsletters/weekly/subscribers/export", path + "/rejects")) {
			Page page = this.admin.get(download);
			assertThat(page.header("Content-Disposition")).as(download).startsWith("attachment");
			assertThat(page.body()).as(download).contains("1+").doesNotContainPattern("(?m)(^|,)\"?[\\t\\r]*[=+@＝-]");
		}
	}

	@Test
	void headersThatAnybodyCanSendMoveNoRedirect() {
		Browser nobody = new Browser(this.port);
		for (String header : List.of("X-Forwarded-Host", "X-Forwarded-Server", "Forwarded", "X-Original-URL",
				"X-Rewrite-URL", "Referer")) {
			Page page = nobody.get("/account", header,
					header.equals("Forwarded") ? "host=evil.example" : "evil.example");
			assertThat(page.location()).as(header).isEqualTo(Access.SIGN_IN);
			assertThat(page.header("Location")).as(header).doesNotContain("evil");
		}
	}

	/** As many as are asked for. */
	private static final class Zeros extends InputStream {

		private int left = HUNDRED_MEGABYTES;

		@Override
		public int read() {
			return (this.left-- > 0) ? 0 : -1;
		}

		@Override
		public int read(byte[] buffer, int offset, int length) {
			int count = Math.min(length, this.left);
			this.left -= count;
			return (count > 0) ? count : -1;
		}

	}

}
