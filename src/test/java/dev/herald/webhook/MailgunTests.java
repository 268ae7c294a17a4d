package dev.herald.webhook;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class MailgunTests {

	private final Mailgun mailgun = mailgun("key-123");

	private static Mailgun mailgun(String key) {
		WebhookSettings settings = Lines.settings("mailgun.signing-key", key);
		return new Mailgun(settings, new SignedTime(settings, Lines.CLOCK));
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '`',
			textBlock = """
					{"event":"failed","severity":"permanent","reason":"bounce","recipient":"jo@example.net","delivery-status":{"code":550,"enhanced-code":"5.1.1","message":"5.1.1 The email account that you tried to reach does not exist.","bounce-type":"hard"}}; BOUNCE HARD userunknown 5.1.1 failed jo@example.net | 550 5.1.1 The email account that you tried to reach does not exist.
					{"event":"failed","severity":"permanent","reason":"bounce","recipient":"jo@example.net","delivery-status":{"code":552,"message":"mailbox full"}}; BOUNCE SOFT mailboxfull - failed jo@example.net | 552 mailbox full
					{"event":"failed","severity":"permanent","reason":"bounce","recipient":"jo@example.net","delivery-status":{"bounce-type":"hard"}}; BOUNCE HARD userunknown - failed jo@example.net | Mailgun: permanent, bounce
					{"event":"failed","severity":"permanent","reason":"bounce","recipient":"jo@example.net"}; BOUNCE SOFT undefined - failed jo@example.net | Mailgun: permanent, bounce
					{"event":"failed","severity":"permanent","reason":"espblock","recipient":"jo@example.net","delivery-status":{"code":554,"message":"no"}}; BOUNCE SOFT blocked - failed jo@example.net | 554 no
					{"event":"failed","severity":"permanent","reason":"generic","recipient":"jo@example.net","delivery-status":{"code":550,"message":"5.7.1 Message rejected as spam"}}; BOUNCE SOFT spam 5.7.1 failed jo@example.net | 550 5.7.1 Message rejected as spam
					{"event":"failed","severity":"permanent","reason":"suppress-bounce","recipient":"jo@example.net","delivery-status":{"code":605,"enhanced-code":"5.1.1","message":"Not delivering to previously bounced address"}}; BOUNCE SOFT undefined - failed jo@example.net | Mailgun: permanent, suppress-bounce
					{"event":"failed","severity":"permanent","reason":"suppress-unsubscribe","recipient":"jo@example.net"}; DEPARTURE
					{"event":"failed","severity":"permanent","reason":"suppress-complaint","recipient":"jo@example.net"}; DEPARTURE
					{"event":"failed","severity":"temporary","reason":"generic","recipient":"jo@example.net","delivery-status":{"code":452,"message":"4.2.2 mailbox full"}}; DELAY NONE mailboxfull 4.2.2 delayed jo@example.net | 452 4.2.2 mailbox full
					{"event":"failed","severity":"temporary","reason":"old","recipient":"jo@example.net","delivery-status":{"code":602}}; BOUNCE SOFT expired - failed jo@example.net | Mailgun: temporary, old
					{"event":"failed"}; BOUNCE SOFT undefined - failed - | Mailgun: ,
					{"event":"rejected","recipient":"jo@example.net","reject":{"reason":"Sandbox subdomains are for test purposes only"}}; BOUNCE SOFT policy - failed jo@example.net | Mailgun: rejected, Sandbox subdomains are for test purposes only
					{"event":"delivered","recipient":"jo@example.net","delivery-status":{"code":250,"message":"OK"}}; DELIVERED NONE none - delivered jo@example.net | OK
					{"event":"complained","recipient":"jo@example.net"}; COMPLAINT NONE complaint - - jo@example.net | Mailgun: complained
					{"event":"unsubscribed","recipient":"jo@example.net"}; DEPARTURE
					{"event":"opened"}; nothing
					{"event":"clicked"}; nothing
					{"event":"accepted"}; nothing
					{"event":7}; nothing
					{"delivery-status":"x","event":"failed","recipient":5}; BOUNCE SOFT undefined - failed 5 | Mailgun: ,
					""")
	void eventsSayWhatAReportWouldSay(String event, String line) {
		assertThat(Lines.read(this.mailgun, event)).isEqualTo(line);
	}

	@Test
	void aMailIsNamedByItsMessageIdOrItsEnvelopeSender() {
		assertThat(Lines.traces(this.mailgun, """
				{"event":"complained","message":{"headers":{"message-id":"abc@example.org"}},
				 "envelope":{"sender":"bounce+x@example.org"}}
				""")).containsExactly("<abc@example.org>", "bounce+x@example.org");
	}

	@Test
	void theHmacOfTimeAndTokenProvesIt() {
		// printf 1795687200abc | openssl dgst -sha256 -hmac key-123
		assertThat(Lines.NOW.getEpochSecond()).isEqualTo(1795687200L);
		Opened opened = open("1795687200", "abc", SIGNATURE);

		assertThat(Lines.events(opened)).hasValueSatisfying(
				(events) -> assertThat(events.events()).singleElement().hasToString("{\"event\":\"opened\"}"));
		assertThat(open("1795687200", "abc", SIGNATURE.toUpperCase(java.util.Locale.ROOT)))
			.isInstanceOf(Opened.Events.class);
	}

	private static final String SIGNATURE = "95e1320ec1ddb04174c2bb8b137ff92773b6e1a50895df66219d01d470e1c045";

	@Test
	void anythingElseDoesNot() {
		String wrong = "its signature is missing or wrong";
		assertThat(Lines.why(open("1795687201", "abc", SIGNATURE))).isEqualTo(wrong);
		assertThat(Lines.why(open("1795687200", "abd", SIGNATURE))).isEqualTo(wrong);
		assertThat(Lines.why(open("1795687200", "abc", ""))).isEqualTo(wrong);
		assertThat(Lines.why(open("1795687200", "abc", SIGNATURE.substring(1)))).isEqualTo(wrong);
		assertThat(Lines.why(this.mailgun.open(Lines.request("[]".getBytes(StandardCharsets.UTF_8))))).isEqualTo(wrong);
		assertThat(Lines.why(this.mailgun.open(Lines.request("{\"signature\":{}}".getBytes(StandardCharsets.UTF_8)))))
			.isEqualTo(wrong);
	}

	@Test
	void anOldProofIsGoodForNothing() {
		WebhookSettings settings = Lines.settings("mailgun.signing-key", "key-123", "max-age", "1h");
		Mailgun later = new Mailgun(settings,
				new SignedTime(settings, java.time.Clock.offset(Lines.CLOCK, Duration.ofMinutes(61))));
		assertThat(Lines.why(later.open(Lines.request(body("1795687200", "abc", SIGNATURE)))))
			.isEqualTo("it was signed too long ago, or the clock is wrong");
	}

	@Test
	void isOffWithoutAKey() {
		assertThat(mailgun("").configured()).isFalse();
		assertThat(this.mailgun.configured()).isTrue();
	}

	private Opened open(String timestamp, String token, String signature) {
		return this.mailgun.open(Lines.request(body(timestamp, token, signature)));
	}

	private static byte[] body(String timestamp, String token, String signature) {
		return """
				{"signature":{"timestamp":"%s","token":"%s","signature":"%s"},"event-data":{"event":"opened"}}
				""".formatted(timestamp, token, signature).getBytes(StandardCharsets.UTF_8);
	}

}
