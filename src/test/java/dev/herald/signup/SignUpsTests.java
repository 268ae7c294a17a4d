package dev.herald.signup;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

import dev.herald.address.EmailAddress;
import dev.herald.issue.Issue;
import dev.herald.newsletter.Newsletter;
import dev.herald.notice.Notices;
import dev.herald.signup.SignUps.Status;
import dev.herald.subscriber.ConsentSource;
import dev.herald.subscriber.SubscriptionState;
import dev.herald.subscriber.Subscriptions;
import dev.herald.subscriber.SuppressionReason;
import dev.herald.subscriber.Suppressions;
import dev.herald.testing.ReceivedMail;
import dev.herald.testing.ScriptedSmtpServer;
import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;
import dev.herald.tracking.Choice;
import dev.herald.tracking.Unsubscribing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class SignUpsTests {

	private static final String CLIENT = "192.0.2.1";

	private final TestDatabase.Opened database;

	private final ScriptedSmtpServer relay = ScriptedSmtpServer.start();

	private TestHerald herald;

	private SignUps signUps;

	private Newsletter weekly;

	SignUpsTests(TestDatabase database) {
		this.database = database.open();
		this.herald = start();
		this.signUps = this.herald.get(SignUps.class);
		this.weekly = this.herald.newsletter("weekly", 0);
	}

	private TestHerald start(String... properties) {
		String[] all = new String[properties.length + 3];
		all[0] = "spring.mail.host=127.0.0.1";
		all[1] = "spring.mail.port=" + this.relay.port();
		all[2] = "herald.allow-local-base-url=true";
		System.arraycopy(properties, 0, all, 3, properties.length);
		return TestHerald.on(this.database, all);
	}

	private void restart(String... properties) {
		this.herald.close();
		this.herald = start(properties);
		this.signUps = this.herald.get(SignUps.class);
	}

	@BeforeEach
	void open() {
		form(Welcome.NONE);
	}

	@AfterEach
	void close() {
		this.herald.close();
		this.relay.close();
		this.database.close();
	}

	private void form(Welcome welcome) {
		this.herald.get(SignUpForms.class).change(this.weekly, new SignUpForm(true, "", welcome));
	}

	private boolean ask(String address) {
		return ask(address, CLIENT);
	}

	private boolean ask(String address, String client) {
		boolean taken = this.signUps.ask(this.weekly,
				new SignUpRequest(EmailAddress.parse(address), "Buy At Evil Example", Locale.ENGLISH, "page",
						this.signUps.agreement(this.weekly, Locale.ENGLISH), client));
		send();
		return taken;
	}

	private void send() {
		Notices notices = this.herald.get(Notices.class);
		while (notices.sendDue() > 0) {
			// All that is due.
		}
	}

	private ReceivedMail mail(int number) {
		return ReceivedMail.of(this.relay.received().get(number));
	}

	private List<String> subjects() {
		return this.relay.received().stream().map((mail) -> ReceivedMail.of(mail).subject()).toList();
	}

	private Status confirm(int mail) {
		Status status = this.signUps.confirm(mail(mail).token("/confirm/"), CLIENT).orElseThrow().status();
		send();
		return status;
	}

	private String state(String address) {
		Subscriptions subscriptions = this.herald.get(Subscriptions.class);
		return subscriptions.find(EmailAddress.parse(address))
			.flatMap((subscriber) -> subscriptions.state(this.weekly.id(), subscriber.id()))
			.map(SubscriptionState::name)
			.orElse("none");
	}

	private List<String> rows(String sql) {
		return this.database.jdbc().sql(sql).query(String.class).list();
	}

	private void yesterday() {
		this.database.jdbc()
			.sql("UPDATE sign_up_address SET last_at = '2020-01-02', earlier_at = '2020-01-01', told_at = '2020-01-01'")
			.update();
	}

	@Test
	void theOwnerOfTheAddressConfirms() {
		assertThat(ask("Bo@Example.net")).isTrue();
		ReceivedMail mail = mail(0);
		assertThat(mail.subject()).isEqualTo("Please confirm: Test weekly");
		assertThat(mail.header("To")).isEqualTo("<Bo@example.net>");
		assertThat(mail.header("From")).isEqualTo("Editors <editors@news.example>");
		assertThat(mail.header("Auto-Submitted")).isEqualTo("auto-generated");
		assertThat(mail.header("List-Unsubscribe")).isEmpty();
		assertThat(mail.text()).contains("http://localhost:8080/confirm/", "works for 7 days");
		assertThat(mail.html()).contains("/confirm/" + mail.token("/confirm/"), "1 Test Street");
		assertThat(this.relay.received().get(0).sender()).matches("bounce\\+[a-z2-7]{40}@localhost");
		assertThat(this.relay.received().get(0).text() + mail.text() + mail.html()).as("what a stranger typed")
			.doesNotContain("Evil");
		assertThat(state("bo@example.net")).isEqualTo("PENDING");
		assertThat(this.signUps.offer(mail.token("/confirm/")).orElseThrow().status()).isEqualTo(Status.OPEN);
		assertThat(state("bo@example.net")).isEqualTo("PENDING");

		assertThat(confirm(0)).isEqualTo(Status.CONFIRMED);

		assertThat(state("bo@example.net")).isEqualTo("ACTIVE");
		assertThat(confirm(0)).isEqualTo(Status.CONFIRMED);
		assertThat(rows("SELECT CONCAT(COALESCE(was_state, '-'), ' ', state, ' ', source) FROM consent ORDER BY id"))
			.containsExactly("- PENDING SIGN_UP", "PENDING ACTIVE SIGN_UP");
		assertThat(rows("""
				SELECT CONCAT(p.form, ' ', a.text, ' ', COALESCE(p.client_address, 'no address')) FROM consent_proof p
				JOIN agreement a ON a.sha256 = p.agreement_sha256 JOIN consent c ON c.id = p.consent_id
				WHERE c.state = 'ACTIVE' AND p.asked_at <= c.happened_at
				""")).containsExactly(
				"page I want to get Test weekly by email at this address. I can leave at any time, by the link in each mail. no address");
		assertThat(rows("SELECT CONCAT(joined, ' ', departed) FROM subscription_day")).containsExactly("1 0");
		assertThat(rows("SELECT name FROM subscriber")).containsExactly("Buy At Evil Example");
		assertThat(this.relay.received()).hasSize(1);
	}

	@Test
	void anAddressGetsTwoMailsInTwentyFourHours() {
		for (int i = 0; i < 5; i++) {
			assertThat(ask("bo@example.net")).as("the same answer").isTrue();
		}
		assertThat(this.relay.recipients()).containsExactly("bo@example.net", "bo@example.net");
		this.database.jdbc().sql("UPDATE sign_up_address SET earlier_at = '2020-01-01'").update();
		ask("bo@example.net");
		ask("BO@example.net");
		assertThat(this.relay.received()).as("one of the two was long ago").hasSize(3);
		assertThat(confirm(1)).isEqualTo(Status.CONFIRMED);
		assertThat(confirm(0)).as("the older link has done its work too").isEqualTo(Status.CONFIRMED);
		assertThat(rows("SELECT state FROM consent ORDER BY id")).containsExactly("PENDING", "ACTIVE");
	}

	@Test
	void whoSubscribesIsToldSoOnceADay() {
		this.herald.subscribe(this.weekly, 1, 1);
		assertThat(ask("reader1@example.org")).isTrue();
		assertThat(ask("reader1@example.org")).isTrue();
		assertThat(subjects()).containsExactly("You subscribe to Test weekly already");
		assertThat(mail(0).text()).doesNotContain("/confirm/");
		assertThat(mail(0).header("List-Unsubscribe-Post")).isEqualTo("List-Unsubscribe=One-Click");
		yesterday();
		ask("reader1@example.org");
		assertThat(this.relay.received()).hasSize(2);
		assertThat(rows("SELECT source FROM consent")).containsExactly("IMPORT");
	}

	@Test
	void whoHasUnsubscribedStaysSoUntilHeConfirms() {
		this.herald.subscribe(this.weekly, 1, 1);
		Subscriptions subscriptions = this.herald.get(Subscriptions.class);
		int reader = subscriptions.find(EmailAddress.parse("reader1@example.org")).orElseThrow().id();
		subscriptions.unsubscribe(this.weekly.id(), reader, ConsentSource.ONE_CLICK, null);
		ask("reader1@example.org");
		assertThat(state("reader1@example.org")).isEqualTo("UNSUBSCRIBED");
		assertThat(subjects()).containsExactly("Please confirm: Test weekly");
		confirm(0);
		assertThat(state("reader1@example.org")).isEqualTo("ACTIVE");
		subscriptions.unsubscribe(this.weekly.id(), reader, ConsentSource.ONE_CLICK, null);
		assertThat(confirm(0)).isEqualTo(Status.CONFIRMED);
		assertThat(state("reader1@example.org")).as("an old link brings nobody back").isEqualTo("UNSUBSCRIBED");
	}

	@Test
	void whoComplainedGetsNothingAndWhoseMailboxWasDeadOneMailAWeek() {
		Suppressions suppressions = this.herald.get(Suppressions.class);
		EmailAddress complained = EmailAddress.parse("complained@example.net");
		EmailAddress dead = EmailAddress.parse("dead@example.net");
		suppressions.suppress(complained, SuppressionReason.COMPLAINT, "spam", "");
		suppressions.suppress(dead, SuppressionReason.HARD_BOUNCE, "5.1.1", "");
		assertThat(ask("complained@example.net")).isTrue();
		assertThat(ask("dead@example.net")).isTrue();
		assertThat(ask("dead@example.net")).isTrue();
		assertThat(this.relay.recipients()).containsExactly("dead@example.net");
		yesterday();
		ask("dead@example.net");
		assertThat(this.relay.recipients()).hasSize(1);
		assertThat(state("complained@example.net")).isEqualTo("none");

		assertThat(confirm(0)).isEqualTo(Status.CONFIRMED);

		assertThat(suppressions.find(dead)).isEmpty();
		assertThat(suppressions.changes(dead)).last()
			.satisfies((change) -> assertThat(change.evidence())
				.isEqualTo("A mail to the address arrived: its owner confirmed a sign-up."));
		assertThat(suppressions.find(complained)).isPresent();
	}

	@Test
	void whoComplainsBeforeHeConfirmsIsNotSubscribed() {
		ask("bo@example.net");
		this.herald.get(Suppressions.class)
			.suppress(EmailAddress.parse("bo@example.net"), SuppressionReason.COMPLAINT, "spam", "");
		assertThat(confirm(0)).isEqualTo(Status.SUPPRESSED);
		assertThat(state("bo@example.net")).isEqualTo("PENDING");
	}

	@Test
	void anExpiredLinkOffersANewMailWithinTheLimits() {
		ask("bo@example.net");
		this.database.jdbc().sql("UPDATE sign_up SET offered_at = '2020-01-01'").update();
		String old = mail(0).token("/confirm/");
		assertThat(confirm(0)).isEqualTo(Status.EXPIRED);
		assertThat(state("bo@example.net")).isEqualTo("PENDING");
		assertThat(this.signUps.again(old, CLIENT).orElseThrow().asked()).isTrue();
		assertThat(this.signUps.again(old, CLIENT).orElseThrow().asked()).as("the same answer").isTrue();
		send();
		assertThat(this.relay.received()).hasSize(2);
		assertThat(confirm(1)).isEqualTo(Status.CONFIRMED);
		assertThat(this.signUps.again(old, CLIENT).orElseThrow().asked()).as("there is nothing to ask for").isFalse();
		assertThat(this.signUps.offer("a".repeat(40))).isEmpty();
		assertThat(this.signUps.confirm("", CLIENT)).isEmpty();
	}

	@Test
	void aNetworkAndEverybodyTogetherSignUpSoOften() {
		restart("herald.sign-up.per-network=2/h", "herald.sign-up.in-all=4/h");
		assertThat(ask("a1@example.net", "2001:db8::1")).isTrue();
		assertThat(ask("a2@example.net", "2001:db8::2")).isTrue();
		assertThat(ask("a3@example.net", "2001:db8:0:0:ffff::")).isFalse();
		assertThat(ask("b1@example.net", "::ffff:192.0.2.7")).isTrue();
		assertThat(ask("b1@example.net", "192.0.2.7")).isTrue();
		assertThat(ask("b1@example.net", "198.51.100.9")).as("the address has had its mails, and nothing is counted")
			.isTrue();
		assertThat(ask("c1@example.net", "198.51.100.7")).as("more than all may").isFalse();
		assertThat(this.relay.recipients()).containsExactly("a1@example.net", "a2@example.net", "b1@example.net",
				"b1@example.net");
		assertThat(rows("SELECT CONCAT(network, ' ', sign_ups) FROM sign_up_count ORDER BY network")).as("bounded")
			.containsExactly("192.0.2.7 2", "2001:db8:0:0:0:0:0:0/64 2", "all 4");
		this.database.jdbc().sql("UPDATE sign_up_count SET since = '2020-01-01'").update();
		assertThat(ask("c1@example.net", "198.51.100.7")).isTrue();
		assertThat(rows("SELECT sign_ups FROM sign_up_count WHERE network = 'all'")).containsExactly("1");
	}

	@Test
	void aWelcomeIsALetterAndTheLatestIssueAndNoDelivery() {
		this.herald.subscribe(this.weekly, 1, 1);
		Issue issue = this.herald.issue(this.weekly, "first");
		this.database.jdbc().sql("""
				INSERT INTO send (issue_id, issue_version_id, status, rehearsal, due_at, zone, reason, requested_by,
				                  created_at)
				VALUES (?, ?, 'DONE', 0, '2026-01-01', 'UTC', '', '', '2026-01-01')
				""").params(issue.id(), issue.versionId()).update();
		this.database.jdbc().sql("""
				INSERT INTO delivery (issue_id, subscriber_id, send_id, state, provider, attempts, due_at, next_at,
				                      changed_at)
				SELECT ?, s.id, o.id, 2, 0, 1, 0, 0, 0 FROM send o, subscriber s
				""").param(issue.id()).update();
		form(Welcome.ISSUE);
		ask("bo@example.net");
		confirm(0);
		assertThat(subjects()).containsExactly("Please confirm: Test weekly", "Welcome to Test weekly", "The Issue");
		for (int number : List.of(1, 2)) {
			assertThat(mail(number).header("List-Unsubscribe")).matches("<http://localhost:8080/u/[a-z2-7]{40}>");
			assertThat(mail(number).header("List-Unsubscribe-Post")).isEqualTo("List-Unsubscribe=One-Click");
			assertThat(mail(number).header("List-Id")).contains("weekly.localhost");
		}
		assertThat(mail(2).html()).contains("https://example.org/a");
		assertThat(rows("SELECT COUNT(*) FROM delivery")).containsExactly("1");
		Unsubscribing unsubscribing = this.herald.get(Unsubscribing.class);
		String token = mail(1).token("/u/");
		assertThat(unsubscribing.offer(token).orElseThrow().address()).isEqualTo("b…@example.net");
		unsubscribing.choose(token, Choice.UNSUBSCRIBE, ConsentSource.ONE_CLICK);
		assertThat(state("bo@example.net")).isEqualTo("UNSUBSCRIBED");
		assertThat(mail(2).token("/u/")).isEqualTo(token);
	}

	@Test
	void theLatestIssueDoesNotGoTwiceToWhoHasItInTheLedger() {
		this.herald.subscribe(this.weekly, 1, 1);
		Issue issue = this.herald.issue(this.weekly, "first");
		this.database.jdbc().sql("""
				INSERT INTO send (issue_id, issue_version_id, status, rehearsal, due_at, zone, reason, requested_by,
				                  created_at)
				VALUES (?, ?, 'DONE', 0, '2026-01-01', 'UTC', '', '', '2026-01-01')
				""").params(issue.id(), issue.versionId()).update();
		this.database.jdbc().sql("""
				INSERT INTO delivery (issue_id, subscriber_id, send_id, state, provider, attempts, due_at, next_at,
				                      changed_at)
				SELECT ?, s.id, o.id, 2, 0, 1, 0, 0, 0 FROM send o, subscriber s
				""").param(issue.id()).update();
		this.database.jdbc().sql("UPDATE subscription SET state = 'UNSUBSCRIBED'").update();
		form(Welcome.ISSUE);
		ask("reader1@example.org");
		confirm(0);
		assertThat(subjects()).containsExactly("Please confirm: Test weekly", "Welcome to Test weekly");
	}

	@Test
	void theNetworkAddressIsKeptWhereTheInstallationWantsIt() {
		restart("herald.sign-up.keep-network-address=true", "herald.sign-up.link-works=36h");
		ask("bo@example.net");
		assertThat(mail(0).text()).contains("works for 2 days");
		confirm(0);
		assertThat(rows("SELECT client_address FROM consent_proof")).containsExactly(CLIENT);
	}

	@Test
	void aTextThatWasChangedMeanwhileIsAgreedToInTheVersionThatWasShown() {
		String first = this.signUps.agreement(this.weekly, Locale.ENGLISH);
		ask("bo@example.net");
		SignUpForms forms = this.herald.get(SignUpForms.class);
		forms.change(this.weekly, new SignUpForm(true, "Send it to me.", Welcome.NONE));
		String second = this.signUps.agreement(this.weekly, Locale.ENGLISH);
		assertThat(second).isNotEqualTo(first);
		assertThat(this.signUps.isAgreement(this.weekly, Locale.ENGLISH, first)).isTrue();
		assertThat(this.signUps.isAgreement(this.weekly, Locale.ENGLISH, second)).isTrue();
		assertThat(this.signUps.isAgreement(this.weekly, Locale.ENGLISH, "0".repeat(64))).isFalse();
		assertThat(rows("SELECT text FROM agreement WHERE sha256 = '" + second + "'"))
			.containsExactly("Send it to me.");
	}

	@Test
	void aReaderOfChineseIsWrittenToInChinese() {
		this.signUps.ask(this.weekly, new SignUpRequest(EmailAddress.parse("mei@example.net"), "",
				Locale.SIMPLIFIED_CHINESE, "page", this.signUps.agreement(this.weekly, Locale.CHINESE), CLIENT));
		send();
		assertThat(mail(0).subject()).isEqualTo("请确认订阅「Test weekly」");
		assertThat(new String(this.relay.received().get(0).content(), StandardCharsets.UTF_8)).as("7 bit clean")
			.matches("\\A\\p{ASCII}*\\z");
		assertThat(confirm(0)).isEqualTo(Status.CONFIRMED);
	}

}
