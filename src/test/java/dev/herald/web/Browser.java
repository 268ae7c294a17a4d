package dev.herald.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * A person's browser without JavaScript: keeps cookies, sends the form token of the page
 * it saw last, follows no redirect by itself.
 */
final class Browser {

	private final String base;

	private final CookieManager cookies;

	private final HttpClient client;

	private String token = "";

	Browser(int port) {
		this(port, new CookieManager());
	}

	private Browser(int port, CookieManager cookies) {
		this.base = "http://localhost:" + port;
		this.cookies = cookies;
		this.client = HttpClient.newBuilder()
			.cookieHandler(cookies)
			.followRedirects(HttpClient.Redirect.NEVER)
			.connectTimeout(Duration.ofSeconds(10))
			.build();
	}

	/** With the same cookies, as after a restart of the server. */
	Browser at(int port) {
		return new Browser(port, this.cookies);
	}

	/** The value of a cookie; empty where there is none. */
	String cookie(String name) {
		return this.cookies.getCookieStore()
			.getCookies()
			.stream()
			.filter((cookie) -> cookie.getName().equals(name))
			.map(HttpCookie::getValue)
			.findFirst()
			.orElse("");
	}

	/** As an attacker plants it. */
	void plant(String name, String value) {
		HttpCookie cookie = new HttpCookie(name, value);
		cookie.setPath("/");
		cookie.setVersion(0);
		// The store's own name for a host without a dot.
		cookie.setDomain("localhost.local");
		this.cookies.getCookieStore().add(URI.create(this.base + "/"), cookie);
	}

	void signIn(String address, String password) {
		get(Access.SIGN_IN);
		Page page = post(Access.SIGN_IN, Map.of("address", address, "password", password));
		if (page.status() != 302 || page.location().contains("wrong")) {
			throw new AssertionError("Can't sign in as " + address + ": " + page);
		}
		// The token changes with the session.
		get("/newsletters/new");
	}

	Page get(String path) {
		return exchange(request(path).GET());
	}

	Page get(String path, String header, String value) {
		return exchange(request(path).header(header, value).GET());
	}

	Page send(String method, String path, String header, String value) {
		return exchange(request(path).header(header, value).method(method, HttpRequest.BodyPublishers.noBody()));
	}

	/** With the token of the last page. */
	Page post(String path, Map<String, String> fields) {
		return postWithout(path, with(fields));
	}

	Page postWith(String path, Map<String, String> fields, String header, String value) {
		return exchange(form(path, with(fields)).header(header, value));
	}

	Page postWithout(String path, Map<String, String> fields) {
		return exchange(form(path, fields));
	}

	/** Without looking at what comes back: only its status. */
	int submit(String path, Map<String, String> fields, String header, String value) {
		return answer(form(path, fields).header(header, value)).statusCode();
	}

	private HttpRequest.Builder form(String path, Map<String, String> fields) {
		String body = fields.entrySet()
			.stream()
			.map((field) -> encode(field.getKey()) + "=" + encode(field.getValue()))
			.collect(Collectors.joining("&"));
		return request(path).header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(body));
	}

	Page upload(String path, String fileName, byte[] content, Map<String, String> fields) {
		String boundary = "herald-test-boundary";
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		with(fields).forEach((name, value) -> write(body,
				"--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n".formatted(boundary, name, value)));
		write(body,
				"--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\nContent-Type: application/octet-stream\r\n\r\n"
					.formatted(boundary, fileName));
		body.writeBytes(content);
		write(body, "\r\n--" + boundary + "--\r\n");
		return exchange(request(path).header("Content-Type", "multipart/form-data; boundary=" + boundary)
			.POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())));
	}

	Page follow(Page page) {
		return get(page.location());
	}

	private Map<String, String> with(Map<String, String> fields) {
		Map<String, String> all = new LinkedHashMap<>();
		all.put("_csrf", this.token);
		all.putAll(fields);
		return all;
	}

	private HttpRequest.Builder request(String path) {
		URI uri = path.startsWith("http") ? URI.create(path) : URI.create(this.base + path);
		return HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(60));
	}

	private Page exchange(HttpRequest.Builder request) {
		Page page = new Page(answer(request));
		Element field = page.html().selectFirst("input[name=_csrf]");
		if (field != null) {
			this.token = field.attr("value");
		}
		return page;
	}

	private HttpResponse<String> answer(HttpRequest.Builder request) {
		try {
			return this.client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError(ex);
		}
	}

	private static void write(ByteArrayOutputStream body, String text) {
		body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	record Page(HttpResponse<String> response) {

		int status() {
			return this.response.statusCode();
		}

		String body() {
			return this.response.body();
		}

		Document html() {
			return Jsoup.parse(this.response.body());
		}

		/** What a person reads, without the frame. */
		String words() {
			Element main = html().selectFirst("main");
			return (main != null) ? main.text() : html().text();
		}

		String header(String name) {
			return this.response.headers().firstValue(name).orElse("");
		}

		/** Where a redirect leads, without the host. */
		String location() {
			return header("Location").replaceFirst("^https?://[^/]+", "");
		}

		@Override
		public String toString() {
			return status() + " " + location() + " " + words();
		}

	}

}
