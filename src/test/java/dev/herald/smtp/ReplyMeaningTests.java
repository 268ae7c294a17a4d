package dev.herald.smtp;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ReplyMeaningTests {

	@ParameterizedTest
	@ValueSource(
			strings = { "550 5.1.1 <a@example.org>: Recipient address rejected: User unknown in relay recipient table",
					"550-5.1.1 The email account that you tried to reach does not exist. Please try",
					"550 5.1.2 Bad destination system", "501 5.1.3 Bad recipient address syntax", "551 5.1.6 moved",
					"550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found", "556 5.1.10 null MX",
					"550 5.2.1 The email account that you tried to reach is disabled", "550 5.2.1 mailbox disabled",
					"550 No such user here", "550 user unknown", "553 Mailbox not found", "551 User does not exist",
					"550 Unknown recipient", "550 5.0.0 user unknown", "550 <spam@example.org> User unknown",
					"550 This account has been disabled" })
	void theAddressIsDead(String line) {
		assertThat(rejected(line, SendOutcome.Stage.RCPT).addressIsDead()).isTrue();
		assertThat(rejected(line, SendOutcome.Stage.CONTENT).addressIsDead()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "550 5.7.1 spam", "550 5.7.26 unauthenticated", "554 5.7.1 Relay access denied",
			"552 5.2.2 mailbox full", "552 5.2.3 message too long", "552 5.3.4 message too big",
			"554 5.6.0 bad content", "550 mailbox unavailable", "550 Requested action not taken: mailbox unavailable",
			"550 5.2.1 The user you are trying to contact is receiving mail at a rate that prevents delivery",
			"550 Sender address rejected: user unknown", "550 5.1.1 blocked by reputation", "550 5.7.1 no such user",
			"554 no such user", "550 5.4.1 Recipient address rejected: Access denied",
			"550 5.1.8 sender domain not found", "550 5.1.7 bad sender", "550 Domain frequency limited",
			"550 5.5.0 no such user", "550 the account has been temporarily disabled", "550 no",
			"553 5.6.7 The address needs SMTPUTF8, which the relay does not offer" })
	void theAddressMayLive(String line) {
		assertThat(rejected(line, SendOutcome.Stage.RCPT).addressIsDead()).isFalse();
	}

	@Test
	void theSameTroubleIsAlikeForEveryRecipientAndMessage() {
		SmtpReply ofAnn = reply("""
				450-4.2.1 The user ann@example.org gets mail too fast, see
				450 4.2.1 https://support.example/mail/?p=Rate 5b1f17b1804b1-4a0f3e sn4 - gsmtp
				""");
		SmtpReply ofBob = reply("""
				450-4.2.1 The user <bob@example.net> gets mail too fast, see
				450 4.2.1 https://support.example/mail/?p=Rate 98e67ed59e1d1 kq9 - gsmtp
				""");
		assertThat(ofAnn.likeness()).isEqualTo(ofBob.likeness())
			.isEqualTo("450 4.2.1 the user gets mail too fast, see - gsmtp");
		assertThat(reply("451 4.7.1 Greylisted by mx1.example.org for 300 seconds").likeness())
			.isEqualTo(reply("451 4.7.1 greylisted by mx.example.net for 60 seconds").likeness());
	}

	@Test
	void differentTroubleIsNotAlike() {
		assertThat(reply("451 4.7.1 greylisted").likeness()).isNotEqualTo(reply("451 4.7.1 rate exceeded").likeness());
		assertThat(reply("451 4.7.1 later").likeness()).isNotEqualTo(reply("452 4.7.1 later").likeness());
		assertThat(reply("451 4.7.1 later").likeness()).isNotEqualTo(reply("451 4.3.0 later").likeness());
	}

	@Test
	void aReplyWithoutWordsIsLikeItself() {
		assertThat(reply("451").likeness()).isEqualTo("451");
		assertThat(new SmtpReply(0, "", "").likeness()).isEqualTo("0");
	}

	private static SendOutcome.Rejected rejected(String line, SendOutcome.Stage stage) {
		return new SendOutcome.Rejected(reply(line), stage);
	}

	private static SmtpReply reply(String lines) {
		return Replies.reply(Integer.parseInt(lines.substring(0, 3)), lines);
	}

}
