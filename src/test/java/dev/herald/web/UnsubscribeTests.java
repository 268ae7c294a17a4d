package dev.herald.web;

import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

import dev.herald.testing.TestDatabase;
import dev.herald.tracking.DeliveryKey;
import dev.herald.tracking.DeliveryReceived;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/** The link as mail programs and scanners use it. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class UnsubscribeTests extends UnsubscribeTest {

	private static final String FINGERPRINT_OF_K = "795989579deea0c4";

	UnsubscribeTests(TestDatabase database) {
		super(database);
	}

	@ParameterizedTest
	@ValueSource(strings = { "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH" })
	void noOtherMethodChangesAnything(String method) throws Exception {
		HttpResponse<String> response = send(method, link(7), FORM, method.startsWith("P") ? ONE_CLICK : "");
		assertThat(response.statusCode()).isEqualTo(List.of("HEAD", "OPTIONS").contains(method) ? 200 : 405);
		assertThat(response.body()).doesNotContain("B…@");
		assertThat(state(1)).isEqualTo("ACTIVE");
		assertThat(consents()).isEmpty();
	}

	@Test
	void oneClickAsAFormEndsTheSubscription() throws Exception {
		HttpResponse<String> response = send("POST", link(7), FORM, ONE_CLICK);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo("unsubscribed\n");
		assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
		assertThat(state(1)).isEqualTo("UNSUBSCRIBED");
		assertThat(state(2)).isEqualTo("ACTIVE");
		assertThat(consents()).containsExactly("1 UNSUBSCRIBED ONE_CLICK 7");
		assertThat(this.received).containsExactly(new DeliveryReceived(new DeliveryKey(7, 3)));
	}

	@Test
	void oneClickAsMultipartEndsTheSubscription() throws Exception {
		HttpResponse<String> response = send("POST", link(7), "multipart/form-data; boundary=b",
				"--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(consents()).containsExactly("1 UNSUBSCRIBED ONE_CLICK 7");
	}

	@Test
	void theLinkOfAMailThatIsYearsOldWorksAlthoughAnotherKeySignsNow() throws Exception {
		String old = link(7).getPath();
		// The secret is 32 times the letter k.
		this.database.jdbc().sql("""
				INSERT INTO signing_key (id, secret, fingerprint, created_at)
				VALUES (2, ?, '%s', '2026-01-01 00:00:00')
				""".formatted(FINGERPRINT_OF_K)).param("k".repeat(32).getBytes(StandardCharsets.US_ASCII)).update();
		Watch.ahead = Duration.ofDays(20 * 365);
		try (ServletWebServerApplicationContext later = startServer(this.database)) {
			assertThat(path(later, 7)).isNotEqualTo(old);
			assertThat(send("POST", here(later, old), FORM, ONE_CLICK).body()).isEqualTo("unsubscribed\n");
			assertThat(send("POST", here(later, path(later, 7)), FORM, ONE_CLICK).statusCode()).isEqualTo(200);
		}
		finally {
			this.database.jdbc().sql("DELETE FROM signing_key WHERE id = 2").update();
		}
		assertThat(consents()).containsExactly("1 UNSUBSCRIBED ONE_CLICK 7");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Sec-Purpose: prefetch", "Sec-Purpose: prefetch;prerender", "Purpose: prefetch",
			"X-Purpose: preview", "X-Moz: prefetch", "X-HTTP-Method-Override: POST" })
	void lookingAheadChangesNothing(String header) throws Exception {
		String[] parts = header.split(": ", -1);
		URI link = URI.create(link(7) + "?button=unsubscribe&_method=POST&" + ONE_CLICK);
		for (String method : List.of("GET", "HEAD")) {
			this.http.send(HttpRequest.newBuilder(link)
				.method(method, BodyPublishers.noBody())
				.header(parts[0], parts[1])
				.build(), BodyHandlers.discarding());
		}
		assertThat(state(1)).isEqualTo("ACTIVE");
		assertThat(consents()).isEmpty();
		assertThat(this.received).isEmpty();
	}

	@Test
	void traceIsNotAnswered() throws Exception {
		URI link = link(7);
		try (Socket socket = new Socket(link.getHost(), link.getPort())) {
			socket.getOutputStream()
				.write("TRACE %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
					.formatted(link.getPath(), link.getHost())
					.getBytes(StandardCharsets.US_ASCII));
			assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
				.startsWith("HTTP/1.1 405 ");
		}
		assertThat(state(1)).isEqualTo("ACTIVE");
	}

	@Test
	void itWorksTwiceAndWithTheLinkOfAnOldIssue() throws Exception {
		for (int issue : List.of(8, 8, 7)) {
			assertThat(send("POST", link(issue), FORM, ONE_CLICK).statusCode()).isEqualTo(200);
		}
		assertThat(consents()).containsExactly("1 UNSUBSCRIBED ONE_CLICK 8");
	}

	@Test
	void aTypedLinkInCapitalsWorks() throws Exception {
		URI link = link(7);
		String token = link.getPath().substring(3).toUpperCase(Locale.ROOT);
		assertThat(send("POST", here("/u/" + token), FORM, ONE_CLICK).statusCode()).isEqualTo(200);
		assertThat(state(1)).isEqualTo("UNSUBSCRIBED");
	}

	@Test
	void aPostWithoutTheFieldIsMeantToo() throws Exception {
		assertThat(send("POST", link(7), FORM, "").statusCode()).isEqualTo(200);
		assertThat(state(1)).isEqualTo("UNSUBSCRIBED");
	}

	@Test
	void aClumsyPostIsAnsweredAndNothingBreaks() throws Exception {
		assertThat(send("POST", link(7), "multipart/form-data", "no boundary").statusCode()).isEqualTo(400);
		assertThat(send("POST", link(7), "application/json", "{").statusCode()).isBetween(200, 499);
		assertThat(send("POST", link(7), FORM, "x=" + "y".repeat(100_000)).statusCode()).isBetween(200, 499);
		assertThat(send("GET", link(7), FORM, "").statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "aeaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "%00",
			"%3Cscript%3Ealert(1)%3C/script%3E", "a%20b" })
	void aLinkThatIsNotOursSaysWhatToDo(String token) throws Exception {
		HttpResponse<String> page = send("GET", here("/u/" + token), FORM, "");
		assertThat(page.statusCode()).isBetween(400, 404);
		assertThat(page.body()).doesNotContain("<script");
		if (!token.contains("%")) {
			assertThat(page.body()).contains("This link does not work", "Open the mail again");
		}
		assertThat(send("POST", here("/u/" + token), FORM, ONE_CLICK).statusCode()).isBetween(400, 404);
		assertThat(consents()).isEmpty();
	}

}
