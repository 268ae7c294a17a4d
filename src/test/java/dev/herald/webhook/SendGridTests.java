package dev.herald.webhook;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import dev.herald.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SendGridTests {

	private static final SendGridKey KEY = new SendGridKey();

	private final SendGrid sendGrid = sendGrid(KEY.publicKey());

	private static SendGrid sendGrid(String publicKey) {
		WebhookSettings settings = Lines.settings("sendgrid.public-key", publicKey);
		return new SendGrid(settings, new SignedTime(settings, Lines.CLOCK));
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '`',
			textBlock = """
					{"event":"bounce","email":"jo@example.net","type":"bounce","status":"5.1.1","bounce_classification":"Invalid Address","reason":"550 5.1.1 The email account that you tried to reach does not exist."}; BOUNCE HARD userunknown 5.1.1 failed jo@example.net | 550 5.1.1 The email account that you tried to reach does not exist.
					{"event":"bounce","email":"jo@example.net","type":"bounce","status":"5.0.0","bounce_classification":"Invalid Address","reason":""}; BOUNCE HARD userunknown 5.0.0 failed jo@example.net | SendGrid: bounce, Invalid Address
					{"event":"bounce","email":"jo@example.net","type":"bounce","status":"5.2.2","bounce_classification":"Invalid Address","reason":"552 5.2.2 The mailbox is over quota"}; BOUNCE SOFT mailboxfull 5.2.2 failed jo@example.net | 552 5.2.2 The mailbox is over quota
					{"event":"bounce","email":"jo@example.net","type":"blocked","status":"5.7.1","reason":"550 5.7.1 blocked using Spamhaus"}; BOUNCE SOFT blocked 5.7.1 failed jo@example.net | 550 5.7.1 blocked using Spamhaus
					{"event":"bounce","email":"jo@example.net","type":"blocked","bounce_classification":"Invalid Address","reason":"no"}; BOUNCE SOFT blocked - failed jo@example.net | no
					{"event":"bounce","email":"jo@example.net","type":"bounce","reason":"no"}; BOUNCE SOFT undefined - failed jo@example.net | no
					{"event":"bounce","email":"jo@example.net","type":"expired","reason":""}; BOUNCE SOFT expired - failed jo@example.net | SendGrid: expired,
					{"event":"bounce"}; BOUNCE SOFT undefined - failed - | SendGrid: ,
					{"event":"dropped","email":"jo@example.net","reason":"Bounced Address"}; BOUNCE SOFT undefined - failed jo@example.net | SendGrid: dropped, Bounced Address
					{"event":"dropped","email":"jo@example.net","reason":"Invalid"}; BOUNCE HARD userunknown - failed jo@example.net | SendGrid: dropped, Invalid
					{"event":"dropped","email":"jo@example.net","reason":"Unsubscribed Address"}; DEPARTURE
					{"event":"dropped","email":"jo@example.net","reason":"Spam Reporting Address"}; DEPARTURE
					{"event":"deferred","email":"jo@example.net","response":"452 4.2.2 mailbox full","attempt":"5"}; DELAY NONE mailboxfull 4.2.2 delayed jo@example.net | 452 4.2.2 mailbox full
					{"event":"delivered","email":"jo@example.net","response":"250 2.0.0 OK"}; DELIVERED NONE none 2.0.0 delivered jo@example.net | 250 2.0.0 OK
					{"event":"spamreport","email":"jo@example.net"}; COMPLAINT NONE complaint - - jo@example.net | SendGrid: spamreport
					{"event":"unsubscribe","email":"jo@example.net"}; DEPARTURE
					{"event":"group_unsubscribe","email":"jo@example.net"}; DEPARTURE
					{"event":"group_resubscribe","email":"jo@example.net"}; nothing
					{"event":"open"}; nothing
					{"event":"click"}; nothing
					{"event":"processed"}; nothing
					{"event":"account_status_change"}; nothing
					{"event":{"a":[]}}; nothing
					{}; nothing
					{"event":"bounce","email":["jo@example.net"],"status":550,"reason":{"a":1}}; BOUNCE SOFT undefined - failed - | SendGrid: ,
					""")
	void eventsSayWhatAReportWouldSay(String event, String line) {
		assertThat(Lines.read(this.sendGrid, event)).isEqualTo(line);
	}

	@Test
	void aMailIsNamedByItsMessageIdOrByTheUniqueArgument() {
		assertThat(Lines.traces(this.sendGrid, """
				{"event":"spamreport","smtp-id":"<abc@example.org>","herald":"token"}
				""")).containsExactly("<abc@example.org>", "<token@");
	}

	@Test
	void whatIsSignedIsBelieved() {
		String body = "[{\"event\":\"open\"},\r\n {\"event\":\"click\"}]\n";
		String timestamp = Lines.secondsAgo(Duration.ZERO);

		Opened opened = open(body, KEY.sign(timestamp, body), timestamp);

		assertThat(Lines.events(opened)).hasValueSatisfying((events) -> assertThat(events.events()).hasSize(2));
	}

	@Test
	void whatWasSignedAtTheFirstTryIsGoodForADayOfTries() {
		String timestamp = Lines.secondsAgo(Duration.ofHours(24));
		assertThat(open("[]", KEY.sign(timestamp, "[]"), timestamp)).isInstanceOf(Opened.Events.class);

		String old = Lines.secondsAgo(Duration.ofHours(26));
		assertThat(Lines.why(open("[]", KEY.sign(old, "[]"), old)))
			.isEqualTo("it was signed too long ago, or the clock is wrong");
		String ahead = Lines.secondsAgo(Duration.ofMinutes(-11));
		assertThat(Lines.why(open("[]", KEY.sign(ahead, "[]"), ahead)))
			.isEqualTo("it was signed too long ago, or the clock is wrong");
	}

	@Test
	void whatIsNotSignedSoIsNotBelieved() {
		String timestamp = Lines.secondsAgo(Duration.ZERO);
		String signature = KEY.sign(timestamp, "[]");
		String wrong = "its signature is missing or wrong";
		assertThat(Lines.why(open("[ ]", signature, timestamp))).isEqualTo(wrong);
		assertThat(Lines.why(open("[]", signature, timestamp + "0"))).isEqualTo(wrong);
		assertThat(Lines.why(open("[]", new SendGridKey().sign(timestamp, "[]"), timestamp))).isEqualTo(wrong);
		assertThat(Lines.why(open("[]", "", timestamp))).isEqualTo(wrong);
		assertThat(Lines.why(open("[]", "no base64!", timestamp))).isEqualTo(wrong);
		assertThat(Lines.why(open("[]", "AAAA", timestamp))).isEqualTo(wrong);
		assertThat(Lines.why(this.sendGrid.open(Lines.request("[]".getBytes(StandardCharsets.UTF_8)))))
			.isEqualTo(wrong);
	}

	@Test
	void aTimeThatIsNoneIsNotBelievedEvenIfSigned() {
		assertThat(Lines.why(open("[]", KEY.sign("tomorrow", "[]"), "tomorrow"))).contains("signed too long ago");
		assertThat(Lines.why(open("[]", KEY.sign("99999999999999999999", "[]"), "99999999999999999999")))
			.contains("signed too long ago");
	}

	@Test
	void whatIsSignedAndNoJsonIsRefused() {
		String timestamp = Lines.secondsAgo(Duration.ZERO);
		assertThatExceptionOfType(JacksonException.class)
			.isThrownBy(() -> open("<html>", KEY.sign(timestamp, "<html>"), timestamp));
	}

	@Test
	void isOffWithoutAKey() {
		assertThat(sendGrid("").configured()).isFalse();
		assertThat(this.sendGrid.configured()).isTrue();
	}

	@Test
	void aKeyMayComeInTheFormOfAFile() {
		assertThat(sendGrid("-----BEGIN PUBLIC KEY-----\n" + KEY.publicKey() + "\n-----END PUBLIC KEY-----\n")
			.configured()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "SG.abc", "MFkw", "AAAA", "?" })
	void aKeyThatIsNoneStopsTheStart(String key) {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> sendGrid(key))
			.withMessageContaining("herald.webhooks.sendgrid.public-key");
	}

	private Opened open(String body, String signature, String timestamp) {
		return this.sendGrid
			.open(Lines.request(body.getBytes(StandardCharsets.UTF_8), "X-Twilio-Email-Event-Webhook-Signature",
					signature, "X-Twilio-Email-Event-Webhook-Timestamp", timestamp));
	}

}
