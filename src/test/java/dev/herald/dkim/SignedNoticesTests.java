package dev.herald.dkim;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;

import dev.herald.address.EmailAddress;
import dev.herald.delivery.SendRunner;
import dev.herald.delivery.Sends;
import dev.herald.newsletter.Newsletter;
import dev.herald.notice.Notices;
import dev.herald.person.PersonRequests;
import dev.herald.signup.SignUpForm;
import dev.herald.signup.SignUpForms;
import dev.herald.signup.SignUpRequest;
import dev.herald.signup.SignUps;
import dev.herald.signup.Welcome;
import dev.herald.testing.ReceivedMail;
import dev.herald.testing.ScriptedSmtpServer;
import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Mails that belong to no send are signed as those of sends are. */
class SignedNoticesTests {

	@Test
	void confirmationWelcomeLatestIssueAndRequestVerify(@TempDir Path folder) throws Exception {
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start();
				TestDatabase.Opened database = TestDatabase.H2.open();
				TestHerald herald = TestHerald.on(database, "spring.mail.host=127.0.0.1",
						"spring.mail.port=" + relay.port(), "herald.allow-local-base-url=true",
						"herald.dkim[0].domain=news.example", "herald.dkim[0].selector=s1",
						"herald.dkim[0].private-key-file=" + TestKeys.file(folder, TestKeys.RSA))) {
			Newsletter weekly = herald.newsletter("weekly", 1);
			int send = herald.get(Sends.class)
				.schedule(herald.issue(weekly, "one"), Instant.now(), ZoneOffset.UTC, "a test")
				.id();
			herald.get(SendRunner.class).run(send);
			herald.get(SignUpForms.class).change(weekly, new SignUpForm(true, "", Welcome.ISSUE));
			SignUps signUps = herald.get(SignUps.class);
			signUps.ask(weekly, new SignUpRequest(EmailAddress.parse("zoe@example.net"), "", Locale.ENGLISH, "page",
					signUps.agreement(weekly, Locale.ENGLISH), "192.0.2.1"));
			leave(herald);
			signUps.confirm(ReceivedMail.of(relay.received().get(1)).token("/confirm/"), "192.0.2.1");
			leave(herald);
			String token = ReceivedMail.of(relay.received().get(2)).token("/u/");
			herald.get(PersonRequests.class).erase(token, Locale.SIMPLIFIED_CHINESE);
			leave(herald);

			assertThat(relay.received().stream().map((mail) -> ReceivedMail.of(mail).subject())).containsExactly(
					"The Issue", "Please confirm: Test weekly", "Welcome to Test weekly", "The Issue", "删除您的数据？");
			assertThat(relay.received()).allSatisfy((mail) -> {
				assertThat(Verifier.verifies(mail.content(), TestKeys.RSA.getPublic())).isTrue();
				assertThat(new String(mail.content(), StandardCharsets.ISO_8859_1)).startsWith("DKIM-Signature:")
					.contains("d=news.example;");
			});
		}
	}

	private static void leave(TestHerald herald) {
		Notices notices = herald.get(Notices.class);
		while (notices.sendDue() > 0) {
			// All that is due.
		}
	}

}
