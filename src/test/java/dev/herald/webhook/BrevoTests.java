package dev.herald.webhook;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class BrevoTests {

	private final Brevo brevo = new Brevo(Lines.settings("brevo.token", "t0ken"));

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '`',
			textBlock = """
					{"event":"hard_bounce","email":"jo@example.net","reason":"550 5.1.1 user unknown"}; BOUNCE HARD userunknown 5.1.1 failed jo@example.net | 550 5.1.1 user unknown
					{"event":"hard_bounce","email":"jo@example.net"}; BOUNCE HARD userunknown - failed jo@example.net | Brevo: hard_bounce
					{"event":"hard_bounce","email":"jo@example.net","reason":"554 5.7.1 rejected as spam"}; BOUNCE SOFT spam 5.7.1 failed jo@example.net | 554 5.7.1 rejected as spam
					{"event":"soft_bounce","email":"jo@example.net","reason":"452 4.2.2 over quota"}; BOUNCE SOFT mailboxfull 4.2.2 failed jo@example.net | 452 4.2.2 over quota
					{"event":"soft_bounce","email":"jo@example.net","reason":null}; BOUNCE SOFT undefined - failed jo@example.net | Brevo: soft_bounce
					{"event":"invalid_email","email":"jo@example.net"}; BOUNCE HARD userunknown - failed jo@example.net | Brevo: invalid_email
					{"event":"blocked","email":"jo@example.net","reason":"blocked : due to unknown user 5.1.1"}; BOUNCE SOFT undefined - failed jo@example.net | Brevo: blocked
					{"event":"error","email":"jo@example.net"}; BOUNCE SOFT undefined - failed jo@example.net | Brevo: error
					{"event":"deferred","email":"jo@example.net","reason":"452 4.2.2 mailbox full"}; DELAY NONE mailboxfull 4.2.2 delayed jo@example.net | 452 4.2.2 mailbox full
					{"event":"delivered","email":"jo@example.net"}; DELIVERED NONE none - delivered jo@example.net |
					{"event":"spam","email":"jo@example.net"}; COMPLAINT NONE complaint - - jo@example.net | Brevo: spam
					{"event":"complaint","email":"jo@example.net"}; COMPLAINT NONE complaint - - jo@example.net | Brevo: complaint
					{"event":"unsubscribed","email":"jo@example.net"}; DEPARTURE
					{"event":"unsubscribe","email":"jo@example.net"}; DEPARTURE
					{"event":"request"}; nothing
					{"event":"opened"}; nothing
					{"event":"unique_opened"}; nothing
					{"event":"click"}; nothing
					{"event":true}; nothing
					""")
	void eventsSayWhatAReportWouldSay(String event, String line) {
		assertThat(Lines.read(this.brevo, event).strip()).isEqualTo(line.strip());
	}

	@Test
	void aMailIsNamedByTheFieldInItsHeaderOrItsMessageId() {
		assertThat(Lines.traces(this.brevo, """
				{"event":"spam","message-id":"<abc@example.org>","X-Mailin-custom":"token"}
				""")).containsExactly("<token@", "<abc@example.org>");
	}

	@Test
	void aTokenOrAPasswordProvesIt() {
		assertThat(open(this.brevo, "Bearer t0ken", "{}")).isInstanceOf(Opened.Events.class);

		Brevo withPassword = new Brevo(Lines.settings("brevo.username", "ann", "brevo.password", "secret"));
		// printf ann:secret | base64
		assertThat(open(withPassword, "Basic YW5uOnNlY3JldA==", "{}")).isInstanceOf(Opened.Events.class);
		assertThat(Lines.why(open(withPassword, "Bearer t0ken", "{}")))
			.isEqualTo("its token or password is missing or wrong");
	}

	@Test
	void anythingElseDoesNot() {
		String wrong = "its token or password is missing or wrong";
		assertThat(Lines.why(open(this.brevo, "Bearer t0ke", "{}"))).isEqualTo(wrong);
		assertThat(Lines.why(open(this.brevo, "Bearer ", "{}"))).isEqualTo(wrong);
		assertThat(Lines.why(open(this.brevo, "Basic aGVyYWxkOg==", "{}"))).as("herald and no password")
			.isEqualTo(wrong);
		assertThat(Lines.why(open(this.brevo, "t0ken", "{}"))).isEqualTo(wrong);
	}

	@Test
	void eventsMayComeInAList() {
		assertThat(Lines.events(open(this.brevo, "Bearer t0ken", "[{},{}]")))
			.hasValueSatisfying((events) -> assertThat(events.events()).hasSize(2));
	}

	@Test
	void isOffWithoutAProof() {
		assertThat(this.brevo.configured()).isTrue();
		assertThat(new Brevo(Lines.settings("brevo.username", "ann")).configured()).isFalse();
	}

	private static Opened open(Brevo brevo, String authorization, String body) {
		return brevo.open(Lines.request(body.getBytes(StandardCharsets.UTF_8), "Authorization", authorization));
	}

}
