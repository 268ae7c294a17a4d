package dev.herald.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.herald.address.EmailAddress;
import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.newsletter.Newsletter;
import dev.herald.problem.Problem;
import dev.herald.subscriber.ConsentSource;
import dev.herald.subscriber.Subscriptions;
import dev.herald.subscriber.SuppressionReason;
import dev.herald.subscriber.Suppressions;
import dev.herald.testing.ScriptedSmtpServer;
import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/**
 * An issue of ten readers, of whom six got it. Readers 1 to 3 were rejected, reader 4 is
 * uncertain.
 */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class ResendsTests {

	private static final Set<DeliveryState> REJECTED = EnumSet.of(DeliveryState.REJECTED);

	private final TestDatabase.Opened database;

	private final ScriptedSmtpServer relay = ScriptedSmtpServer.start();

	private final TestHerald herald;

	private final Newsletter newsletter;

	private final Issue issue;

	private final Send first;

	ResendsTests(TestDatabase database) {
		this.database = database.open();
		this.herald = TestHerald.on(this.database, "spring.mail.host=127.0.0.1",
				"spring.mail.port=" + this.relay.port(), "herald.allow-local-base-url=true");
		this.newsletter = this.herald.newsletter("weekly", 10);
		this.issue = this.herald.issue(this.newsletter, "one");
		this.first = this.herald.get(Sends.class).schedule(this.issue, Instant.now(), ZoneOffset.UTC, "a test");
	}

	@BeforeEach
	void asARelayLeftIt() {
		this.herald.get(AudienceFreeze.class)
			.freeze(this.first.id(), this.issue.id(), this.issue.newsletterId(), (recipients) -> List.of());
		for (int reader = 1; reader <= 10; reader++) {
			int state = (reader <= 3) ? 4 : (reader == 4) ? 5 : 2;
			this.database.jdbc()
				.sql("UPDATE delivery SET state = ?, attempts = 1 WHERE subscriber_id = ?")
				.params(state, idOf(reader))
				.update();
		}
		this.database.jdbc()
			.sql("INSERT INTO delivery_reply VALUES (?, ?, 550, '5.7.1', '550 5.7.1 not now', '2026-11-24 08:00:00')")
			.params(this.issue.id(), idOf(1))
			.update();
		this.database.jdbc().sql("UPDATE send SET status = 'DONE'").update();
	}

	@AfterEach
	void close() {
		this.herald.close();
		this.relay.close();
		this.database.close();
	}

	@Test
	void theRejectedAloneAreSentToAgainAndTheLedgerSaysBy() {
		Selection selection = resends().select(this.issue, REJECTED);
		assertThat(recipients(selection)).containsExactly("reader1@example.org", "reader2@example.org",
				"reader3@example.org");

		Send send = begun(resends().send(selection, false, "a test"));

		assertThat(send.audience()).isEqualTo(new Send.Audience(3, 3, 0, 0, 0, 0, 0));
		assertThat(send.versionId()).isEqualTo(this.first.versionId());
		assertThat(this.herald.get(Ledger.class).page(this.issue.id(), DeliveryState.READY, 0, 10))
			.allSatisfy((row) -> {
				assertThat(row.sendId()).isEqualTo(send.id());
				assertThat(row.attempts()).isZero();
				assertThat(row.reply()).isNull();
			})
			.hasSize(3);
		assertThat(this.herald.get(SendRunner.class).run(send.id())).isInstanceOf(SendRunner.RunResult.Finished.class);
		assertThat(this.relay.recipients()).containsExactlyInAnyOrder("reader1@example.org", "reader2@example.org",
				"reader3@example.org");
		assertThat(this.herald.get(Ledger.class).counts(this.issue.id()).of(DeliveryState.ACCEPTED)).isEqualTo(9);
		assertThat(this.herald.get(Ledger.class).countsOfSend(this.first.id()).recipients()).isEqualTo(7);
	}

	@Test
	void whoPausesIsExcludedAndCountedUntilThePauseIsOver() {
		Subscriptions subscriptions = this.herald.get(Subscriptions.class);
		subscriptions.pause(this.newsletter.id(), idOf(1), Instant.now().plusSeconds(86_400),
				ConsentSource.UNSUBSCRIBE_PAGE, null);
		subscriptions.pause(this.newsletter.id(), idOf(2), Instant.now().minusMillis(1), ConsentSource.UNSUBSCRIBE_PAGE,
				null);
		Selection selection = resends().select(this.issue, REJECTED);
		assertThat(selection.exclusions()).hasToString("1 paused");

		Send send = begun(resends().send(selection, false, "a test"));

		assertThat(send.audience()).isEqualTo(new Send.Audience(3, 2, 0, 0, 0, 1, 0));
	}

	@Test
	void whoLeftOrIsSuppressedIsExcludedAndCounted() {
		Subscriptions subscriptions = this.herald.get(Subscriptions.class);
		subscriptions.unsubscribe(this.newsletter.id(), idOf(1), ConsentSource.ADMIN, null);
		this.herald.get(Suppressions.class)
			.suppress(EmailAddress.parse("reader2@example.org"), SuppressionReason.ADMIN, "asked by letter", "ann");

		Selection selection = resends().select(this.issue, REJECTED);

		assertThat(selection.deliveries()).isEqualTo(3);
		assertThat(selection.exclusions()).hasToString("1 unsubscribed, 1 suppressed");
		assertThat(recipients(selection)).containsExactly("reader3@example.org");
		assertThat(begun(resends().send(selection, false, "a test")).audience())
			.isEqualTo(new Send.Audience(3, 1, 0, 1, 1, 0, 0));
	}

	@Test
	void aListThatChangedSinceItWasShownIsNotSentTo() {
		Selection shown = resends().select(this.issue, REJECTED);
		this.herald.get(Subscriptions.class)
			.unsubscribe(this.newsletter.id(), idOf(1), ConsentSource.ONE_CLICK, this.issue.id());

		assertThatExceptionOfType(Problem.class).isThrownBy(() -> resends().send(shown, false, "a test"))
			.withMessageContaining("not the one that was shown any more");

		assertThat(this.herald.get(Sends.class).ofIssue(this.issue.id())).hasSize(1);
		assertThat(this.herald.get(Ledger.class).counts(this.issue.id()).of(DeliveryState.REJECTED)).isEqualTo(3);
	}

	@Test
	void aListIsSentToOnce() {
		Selection shown = resends().select(this.issue, REJECTED);
		Send send = resends().send(shown, false, "a test");
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> resends().send(shown, false, "a test"))
			.withMessageContaining("under way already (scheduled, asked for by a test)");
		this.herald.get(SendRunner.class).run(send.id());
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> resends().send(shown, false, "a test"))
			.withMessageContaining("not the one that was shown any more");
		assertThat(this.relay.recipients()).hasSize(3);
	}

	@Test
	void nothingIsSentAgainWhileASendOfTheIssueIsUnfinished() {
		Selection shown = resends().select(this.issue, REJECTED);
		this.database.jdbc().sql("UPDATE send SET status = 'HELD'").update();
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> resends().send(shown, false, "a test"))
			.withMessageContaining("under way already (held for a decision");
	}

	@Test
	void whatIsAcceptedOrUncertainOrStillToGoIsRefusedWithTheWayOut() {
		assertThatExceptionOfType(Problem.class)
			.isThrownBy(() -> resends().select(this.issue, EnumSet.of(DeliveryState.REJECTED, DeliveryState.ACCEPTED)))
			.withMessageContaining("nobody gets an issue twice");
		assertThatExceptionOfType(Problem.class)
			.isThrownBy(() -> resends().select(this.issue, EnumSet.of(DeliveryState.UNCERTAIN)))
			.withMessageContaining("issue resolve one --uncertain resend");
		assertThatExceptionOfType(Problem.class)
			.isThrownBy(() -> resends().select(this.issue, EnumSet.of(DeliveryState.DEFERRED)))
			.withMessageContaining("issue resume one");
		assertThatExceptionOfType(Problem.class)
			.isThrownBy(() -> resends().select(this.issue, EnumSet.noneOf(DeliveryState.class)))
			.withMessageContaining("--state rejected");
	}

	@Test
	void theVersionIsThatOfTheirSendUnlessTheCurrentOneIsAskedFor() {
		int current = newVersion();
		Issue edited = this.herald.get(Issues.class).byId(this.issue.id());
		Selection selection = resends().select(edited, REJECTED);
		Send old = begun(resends().send(selection, false, "a test"));
		assertThat(old.versionId()).isEqualTo(this.first.versionId());
		this.herald.get(SendDecisions.class).cancel(old.id(), "a test");

		Selection rest = resends().select(edited, EnumSet.of(DeliveryState.CANCELLED));

		assertThat(resends().send(rest, true, "a test").versionId()).isEqualTo(current);
	}

	@Test
	void deliveriesOfDifferentVersionsAreNotSentToInOneGoWithoutAWord() {
		newVersion();
		Issue edited = this.herald.get(Issues.class).byId(this.issue.id());
		this.herald.subscribe(this.newsletter, 11, 12);
		Send second = this.herald.get(Sends.class).schedule(edited, Instant.now(), ZoneOffset.UTC, "a test");
		this.herald.get(AudienceFreeze.class)
			.freeze(second.id(), this.issue.id(), this.issue.newsletterId(), (recipients) -> List.of());
		this.herald.get(SendDecisions.class).cancel(second.id(), "a test");

		Selection both = resends().select(edited, EnumSet.of(DeliveryState.REJECTED, DeliveryState.CANCELLED));

		assertThatExceptionOfType(Problem.class).isThrownBy(() -> resends().send(both, false, "a test"))
			.withMessageContaining("2 different versions")
			.withMessageContaining("--current-version");
	}

	@Test
	void aRehearsalsDeliveriesAreNotSentForReal() {
		this.database.jdbc().sql("UPDATE send SET rehearsal = 1").update();
		Selection selection = resends().select(this.issue, REJECTED);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> resends().send(selection, false, "a test"))
			.withMessageContaining("a rehearsal's")
			.withMessageContaining("issue send one");
	}

	@Test
	void theUncertainAreTakenForAcceptedOrSentAgainAsAPersonDecides() {
		Selection uncertain = resends().selectUncertain(this.issue);
		assertThat(recipients(uncertain)).containsExactly("reader4@example.org");

		assertThat(resends().accept(uncertain)).isEqualTo(1);

		assertThat(this.herald.get(Ledger.class).counts(this.issue.id()).of(DeliveryState.ACCEPTED)).isEqualTo(7);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> resends().accept(uncertain))
			.withMessageContaining("Nothing was changed");
		this.database.jdbc().sql("UPDATE delivery SET state = 5 WHERE subscriber_id = ?").param(idOf(4)).update();
		Send send = resends().send(resends().selectUncertain(this.issue), false, "a test");
		this.herald.get(SendRunner.class).run(send.id());
		assertThat(this.relay.recipients()).containsExactly("reader4@example.org");
	}

	@Test
	void theUncertainOfASendThatIsRunningMayStillBeAnsweredAndAreLeftAlone() {
		this.database.jdbc()
			.sql("UPDATE send SET status = 'RUNNING', owner = 'host pid 7', owned_until = '2099-01-01 00:00:00'")
			.update();
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> resends().selectUncertain(this.issue))
			.withMessageContaining("may still come")
			.withMessageContaining("pause it first");
		this.database.jdbc().sql("UPDATE send SET status = 'HELD'").update();
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> resends().selectUncertain(this.issue))
			.withMessageContaining("may still come");
		this.database.jdbc().sql("UPDATE send SET owner = NULL, owned_until = NULL").update();
		assertThat(resends().accept(resends().selectUncertain(this.issue))).isEqualTo(1);
	}

	@Test
	void theListIsReadAPageAtATimeWithWhoIsExcluded() {
		this.herald.get(Subscriptions.class).unsubscribe(this.newsletter.id(), idOf(2), ConsentSource.ADMIN, null);
		Selection selection = resends().select(this.issue, REJECTED);

		List<Selection.Row> first = resends().page(selection, 0, 2);

		assertThat(first).extracting((row) -> row.address().value(), Selection.Row::consent)
			.containsExactly(tuple("reader1@example.org", Selection.Consent.RECIPIENT),
					tuple("reader2@example.org", Selection.Consent.UNSUBSCRIBED));
		assertThat(resends().page(selection, first.get(1).subscriberId(), 2)).extracting((row) -> row.address().value())
			.containsExactly("reader3@example.org");
		assertThat(resends().versions(selection)).containsExactly(this.first.versionId());
	}

	@Test
	void issuesAreFoundByWhatBecameOfTheirDeliveries() {
		NotAccepted notAccepted = this.herald.get(NotAccepted.class);
		int other = this.herald.issue(this.newsletter, "two").id();
		assertThat(notAccepted.issues(DeliveryState.UNCERTAIN, Integer.MAX_VALUE, 10)).containsExactly(this.issue.id());
		assertThat(notAccepted.issues(DeliveryState.EXPIRED, Integer.MAX_VALUE, 10)).isEmpty();
		this.herald.get(Sends.class)
			.schedule(this.herald.get(Issues.class).byId(other), Instant.now(), ZoneOffset.UTC, "a test");
		this.database.jdbc()
			.sql("INSERT INTO delivery SELECT ?, subscriber_id, (SELECT MAX(id) FROM send), state, 0, 0, 0, 0, 0 FROM delivery")
			.param(other)
			.update();
		assertThat(notAccepted.issues(DeliveryState.REJECTED, Integer.MAX_VALUE, 10)).containsExactly(other,
				this.issue.id());
		assertThat(notAccepted.issues(DeliveryState.REJECTED, Integer.MAX_VALUE, 1)).containsExactly(other);
		assertThat(notAccepted.issues(DeliveryState.REJECTED, other, 10)).containsExactly(this.issue.id());
	}

	/** As its owner finds it before its first mail. */
	private Send begun(Send send) {
		SendStore store = this.herald.get(SendStore.class);
		assertThat(store.acquire(send.id(), "begun", Duration.ofMinutes(1))).isTrue();
		this.herald.get(ResendList.class).takeOver(send, this.newsletter.id());
		store.disown(send.id(), "begun");
		return store.find(send.id()).orElseThrow();
	}

	private int newVersion() {
		this.database.jdbc().sql("""
				INSERT INTO issue_version (issue_id, number, file_name, source, sha256, created_at)
				SELECT issue_id, 2, file_name, source, sha256, created_at FROM issue_version
				""").update();
		int version = this.database.jdbc().sql("SELECT MAX(id) FROM issue_version").query(Integer.class).single();
		this.database.jdbc().sql("UPDATE issue SET current_version = ?").param(version).update();
		return version;
	}

	private Resends resends() {
		return this.herald.get(Resends.class);
	}

	private List<String> recipients(Selection selection) {
		List<String> addresses = new ArrayList<>();
		resends().eachRecipient(selection, (address) -> addresses.add(address.value()));
		return addresses;
	}

	private int idOf(int reader) {
		return this.database.jdbc()
			.sql("SELECT id FROM subscriber WHERE address = ?")
			.param("reader" + reader + "@example.org")
			.query(Integer.class)
			.single();
	}

}
