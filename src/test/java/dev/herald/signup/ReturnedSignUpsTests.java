package dev.herald.signup;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.herald.address.EmailAddress;
import dev.herald.bounce.Intake;
import dev.herald.bounce.Taken;
import dev.herald.newsletter.Newsletter;
import dev.herald.notice.Notices;
import dev.herald.returns.Report;
import dev.herald.returns.Report.Kind;
import dev.herald.signup.SignUps.Status;
import dev.herald.testing.ReceivedMail;
import dev.herald.testing.ScriptedSmtpServer;
import dev.herald.testing.ScriptedSmtpServer.Received;
import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What comes back about the mail that answers a sign-up. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class ReturnedSignUpsTests {

	/** Started once for all tests on a database; each test has an address of its own. */
	private static final Map<TestDatabase, Running> RUNNING = new EnumMap<>(TestDatabase.class);

	private final Running running;

	ReturnedSignUpsTests(TestDatabase database) {
		this.running = RUNNING.computeIfAbsent(database, Running::start);
	}

	@AfterAll
	static void stop() {
		RUNNING.values().forEach(Running::close);
		RUNNING.clear();
	}

	private record Running(TestDatabase.Opened database, ScriptedSmtpServer relay, TestHerald herald,
			Newsletter weekly) {

		static Running start(TestDatabase kind) {
			TestDatabase.Opened database = kind.open();
			ScriptedSmtpServer relay = ScriptedSmtpServer.start();
			TestHerald herald = TestHerald.on(database, "spring.mail.host=127.0.0.1",
					"spring.mail.port=" + relay.port(), "herald.allow-local-base-url=true");
			Newsletter weekly = herald.newsletter("weekly", 0);
			herald.get(SignUpForms.class).change(weekly, new SignUpForm(true, "", Welcome.NONE));
			return new Running(database, relay, herald, weekly);
		}

		void close() {
			this.herald.close();
			this.relay.close();
			this.database.close();
		}

	}

	private List<Received> mailsTo(String address) {
		return this.running.relay().received().stream().filter((mail) -> mail.recipient().equals(address)).toList();
	}

	/** The mail that is sent last, if any is. */
	private List<Received> ask(String address) {
		SignUps signUps = this.running.herald().get(SignUps.class);
		// The limit of two a day is not what keeps a mail back here.
		this.running.database().jdbc().sql("DELETE FROM sign_up_address").update();
		signUps.ask(this.running.weekly(), new SignUpRequest(EmailAddress.parse(address), "", Locale.ENGLISH, "page",
				signUps.agreement(this.running.weekly(), Locale.ENGLISH), "192.0.2.1"));
		while (this.running.herald().get(Notices.class).sendDue() > 0) {
			// All that is due.
		}
		return mailsTo(address);
	}

	private Status confirm(Received mail) {
		return this.running.herald()
			.get(SignUps.class)
			.confirm(ReceivedMail.of(mail).token("/confirm/"), "192.0.2.1")
			.orElseThrow()
			.status();
	}

	private Taken take(String mail) {
		Intake intake = this.running.herald().get(Intake.class);
		return intake.record(intake.readMail("imaps://imap.example.org/INBOX", mail.getBytes(StandardCharsets.UTF_8)));
	}

	/** As a provider's loop sends it: to an address without a token. */
	private static String complaint(String field) {
		return """
				From: fbl@example.net
				To: abuse@example.org
				Subject: complaint
				Content-Type: multipart/report; report-type=feedback-report; boundary=x

				--x
				Content-Type: message/feedback-report

				Feedback-Type: abuse
				User-Agent: loop/1
				Version: 1

				--x
				Content-Type: message/rfc822

				%s
				Subject: Please confirm

				Body
				--x--
				""".formatted(field);
	}

	private static String bounce(String to, String status, String text) {
		return """
				Delivered-To: %s
				From: MAILER-DAEMON@mx.example.net
				Subject: Undelivered
				Content-Type: multipart/report; report-type=delivery-status; boundary=x

				--x
				Content-Type: message/delivery-status

				Reporting-MTA: dns; mx.example.net

				Final-Recipient: rfc822; somebody@elsewhere.example
				Action: failed
				Status: %s
				Diagnostic-Code: smtp; %s
				--x--
				""".formatted(to, status, text);
	}

	private List<String> rows(String sql, String address) {
		return this.running.database().jdbc().sql(sql).param(address).query(String.class).list();
	}

	private List<String> suppressed(String address) {
		return rows("SELECT CONCAT(reason, ' ', evidence) FROM suppression WHERE match_key = ?", address);
	}

	private List<String> signUps(String address) {
		return rows("SELECT state FROM sign_up WHERE match_key = ? ORDER BY id", address);
	}

	private List<String> consents(String address) {
		return rows("""
				SELECT CONCAT(COALESCE(c.was_state, '-'), ' ', c.state, ' ', c.source) FROM consent c
				JOIN subscriber s ON s.id = c.subscriber_id WHERE s.match_key = ? ORDER BY c.id
				""", address);
	}

	private void lift(String address) {
		this.running.database().jdbc().sql("DELETE FROM suppression WHERE match_key = ?").param(address).update();
	}

	@Test
	void aComplaintSuppressesTheAddressAndNoFurtherMailCanBeAskedFor() {
		Received mail = ask("ann@example.net").get(0);
		String id = ReceivedMail.of(mail).header("Message-ID");
		assertThat(id).matches("<[a-z2-7]{40}@localhost>");
		String complaint = complaint("Message-ID: " + id);

		assertThat(take(complaint)).isEqualTo(new Taken.OfSignUp());

		assertThat(suppressed("ann@example.net")).containsExactly("COMPLAINT Feedback-Type: abuse");
		assertThat(signUps("ann@example.net")).containsExactly("CLOSED");
		assertThat(consents("ann@example.net")).containsExactly("- PENDING SIGN_UP", "PENDING UNSUBSCRIBED COMPLAINT");
		assertThat(confirm(mail)).isEqualTo(Status.SUPPRESSED);
		assertThat(ask("ann@example.net")).as("asked again").hasSize(1);

		lift("ann@example.net");
		assertThat(take(complaint)).as("the same report again").isEqualTo(new Taken.OfSignUp());
		assertThat(suppressed("ann@example.net")).isEmpty();
		assertThat(consents("ann@example.net")).hasSize(2);
		assertThat(this.running.herald().get(SignUps.class).offer(ReceivedMail.of(mail).token("/confirm/"))).isEmpty();
	}

	@Test
	void whatNamesNoRecipientCountsAsAComplaintAndNotAsABounce() {
		String id = ReceivedMail.of(ask("ed@example.net").get(0)).header("Message-ID");
		Intake intake = this.running.herald().get(Intake.class);
		for (Kind kind : List.of(Kind.BOUNCE, Kind.COMPLAINT)) {
			assertThat(suppressed("ed@example.net")).isEmpty();
			assertThat(
					intake.record(intake.readEvent("provider", new byte[0], new Report(kind, List.of()), List.of(id))))
				.isEqualTo(new Taken.OfSignUp());
		}
		assertThat(suppressed("ed@example.net")).singleElement().asString().startsWith("COMPLAINT");
	}

	@Test
	void aHardBounceSuppressesTheAddressAndClosesTheSignUp() {
		Received mail = ask("bo@example.net").get(0);
		assertThat(mail.sender()).matches("bounce\\+[a-z2-7]{40}@localhost");

		assertThat(take(bounce(mail.sender(), "4.2.2", "452 4.2.2 mailbox full"))).isEqualTo(new Taken.OfSignUp());
		assertThat(suppressed("bo@example.net")).as("soft").isEmpty();
		assertThat(signUps("bo@example.net")).containsExactly("OFFERED");

		assertThat(take(bounce(mail.sender(), "5.1.1", "550 5.1.1 no such user"))).isEqualTo(new Taken.OfSignUp());
		assertThat(suppressed("bo@example.net")).containsExactly("HARD_BOUNCE 5.1.1 smtp; 550 5.1.1 no such user");
		assertThat(signUps("bo@example.net")).containsExactly("CLOSED");
		assertThat(consents("bo@example.net")).containsExactly("- PENDING SIGN_UP");
		assertThat(confirm(mail)).isEqualTo(Status.SUPPRESSED);
	}

	@Test
	void aComplaintWeighsMoreThanABounceAndThanAConfirmation() {
		Received first = ask("cy@example.net").get(0);
		take(bounce(first.sender(), "5.1.1", "550 5.1.1 no such user"));
		Received second = ask("cy@example.net").get(1);
		assertThat(take(complaint("Return-Path: <" + second.sender() + ">"))).isEqualTo(new Taken.OfSignUp());
		assertThat(suppressed("cy@example.net")).containsExactly("COMPLAINT Feedback-Type: abuse");
		assertThat(ask("cy@example.net")).hasSize(2);

		Received confirmed = ask("di@example.net").get(0);
		assertThat(confirm(confirmed)).isEqualTo(Status.CONFIRMED);
		take(bounce(confirmed.sender(), "5.1.1", "550 5.1.1 no such user"));
		assertThat(suppressed("di@example.net")).as("its owner has read the mail").isEmpty();
		take(complaint("Message-ID: " + ReceivedMail.of(confirmed).header("Message-ID")));
		assertThat(suppressed("di@example.net")).containsExactly("COMPLAINT Feedback-Type: abuse");
		assertThat(consents("di@example.net")).endsWith("ACTIVE UNSUBSCRIBED COMPLAINT");
	}

	@Test
	void whatIsForgedChangesNothing() {
		Received mail = ask("eve@example.net").get(0);
		String token = mail.sender().substring("bounce+".length(), mail.sender().indexOf('@'));
		char last = (token.charAt(39) == 'a') ? 'b' : 'a';
		for (String forged : List.of("NOTICE", "SAMPLE", token.substring(0, 39), token.substring(0, 39) + last,
				"a".repeat(40), ReceivedMail.of(mail).token("/confirm/"))) {
			take(complaint("Message-ID: <" + forged + "@localhost>"));
			take(complaint("Message-ID: <NOTICE.s1@localhost>"));
			take(complaint("Return-Path: <bounce+" + forged + "@localhost>\nTo: eve@example.net"));
			take(bounce("bounce+" + forged + "@localhost", "5.1.1", "550 5.1.1 eve@example.net: no such user"));
		}
		assertThat(suppressed("eve@example.net")).isEmpty();
		assertThat(signUps("eve@example.net")).containsExactly("OFFERED");
		assertThat(confirm(mail)).isEqualTo(Status.CONFIRMED);
	}

}
