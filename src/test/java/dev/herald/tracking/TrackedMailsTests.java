package dev.herald.tracking;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

import dev.herald.address.EmailAddress;
import dev.herald.issue.Issue;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.Newsletters;
import dev.herald.newsletter.TrackingMode;
import dev.herald.subscriber.ConsentSource;
import dev.herald.subscriber.Subscriptions;
import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;
import dev.herald.tracking.TrackedMails.Client;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** What comes of links and pixels, by the newsletter's mode and the reader's consent. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class TrackedMailsTests {

	private static final String KETTLES = "https://example.org/kettles?a=1&b=2";

	private static final Client READER = new Client("GET", "192.0.2.1",
			"Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "en", "");

	private static final Client APPLE = new Client("GET", "192.0.2.2", "Mozilla/5.0", "", "");

	private final TestDatabase kind;

	TrackedMailsTests(TestDatabase kind) {
		this.kind = kind;
	}

	private record Mails(TestHerald herald, Newsletter newsletter, Issue issue, int reader) {

		void set(TrackingMode mode) {
			herald().get(Newsletters.class).change("weekly", newsletter().settings().withTracking(mode));
		}

		boolean consent(boolean given) {
			return herald().get(Subscriptions.class)
				.track(newsletter().id(), reader(), given, ConsentSource.TRACKING_CHOICE, issue().id());
		}

		String token(int subscriber) {
			return herald().get(DeliveryLinks.class).tracking(new DeliveryKey(issue().id(), subscriber));
		}

		TrackedMails tracked() {
			return herald().get(TrackedMails.class);
		}

		List<Engagements.Count> counts() {
			herald().get(MailVisits.class).settleAll();
			return herald().get(Engagements.class).of(issue().id());
		}

	}

	private void with(Consumer<Mails> test) {
		try (TestDatabase.Opened database = this.kind.open();
				TestHerald herald = TestHerald.on(database, "herald.tracking.window=10m")) {
			Newsletter newsletter = herald.newsletter("weekly", 3);
			Issue issue = herald.issue(newsletter, "one");
			herald.get(IssueLinks.class).keep(issue.id(), List.of(KETTLES, "https://example.org/b"));
			int reader = herald.get(Subscriptions.class)
				.find(new EmailAddress("reader2@example.org"))
				.orElseThrow()
				.id();
			test.accept(new Mails(herald, newsletter, issue, reader));
		}
	}

	@Test
	void aLinkLeadsWhereItsIssueSaysAndNowhereElse() {
		with((mails) -> {
			String code = IssueLinks.code(KETTLES);
			assertThat(mails.tracked().follow(mails.token(mails.reader()), code, READER)).contains(KETTLES);
			assertThat(mails.tracked().follow(mails.token(0).toUpperCase(Locale.ROOT), code, READER)).contains(KETTLES);
			DeliveryLinks links = mails.herald().get(DeliveryLinks.class);
			String elsewhere = links.tracking(new DeliveryKey(mails.issue().id() + 1, mails.reader()));
			String unsubscribe = links.unsubscribe(new DeliveryKey(mails.issue().id(), mails.reader())).getPath();
			for (String token : List.of(elsewhere, unsubscribe.substring(3), "a".repeat(40), "",
					DeliveryLinks.SAMPLE)) {
				assertThat(mails.tracked().follow(token, code, READER)).as(token).isEmpty();
			}
			for (String other : List.of("aaaaaaaa", "", "0", "https://evil.example", "' OR 1=1 --")) {
				assertThat(mails.tracked().follow(mails.token(0), other, READER)).as(other).isEmpty();
			}
			assertThat(mails.counts()).as("nobody is tracked").isEmpty();
		});
	}

	@Test
	void totalsHaveNoReaderInAnyRow() {
		with((mails) -> {
			mails.set(TrackingMode.TOTALS);
			mails.consent(true);
			for (int subscriber : List.of(0, mails.reader())) {
				mails.tracked().open(mails.token(subscriber), READER);
				mails.tracked().follow(mails.token(subscriber), IssueLinks.code(KETTLES), READER);
			}
			mails.tracked().open(mails.token(0), APPLE);

			assertThat(mails.counts()).containsExactly(new Engagements.Count(EngagementKind.CLICK, Actor.HUMAN, 0, 2),
					new Engagements.Count(EngagementKind.OPEN, Actor.HUMAN, 0, 2),
					new Engagements.Count(EngagementKind.OPEN, Actor.MACHINE, 0, 1));
			assertThat(mails.herald().get(LinkClicks.class).of(mails.issue().id()))
				.containsExactly(new LinkClicks.Count(LinkClicks.sha256(KETTLES), KETTLES, Actor.HUMAN, 0, 2));
			assertThat(mails.herald().get(Engagements.class).ofSubscriber(mails.reader())).isEmpty();
		});
	}

	@Test
	void aPersonIsTrackedWhileTheConsentStands() {
		with((mails) -> {
			mails.set(TrackingMode.PERSONS);
			mails.tracked().open(mails.token(mails.reader()), READER);
			assertThat(mails.counts()).as("nobody asked the reader").isEmpty();
			assertThat(mails.consent(true)).isTrue();
			assertThat(mails.consent(true)).as("it was so before").isFalse();
			mails.tracked().follow(mails.token(mails.reader()), IssueLinks.code(KETTLES), READER);
			assertThat(mails.counts()).containsExactly(new Engagements.Count(EngagementKind.CLICK, Actor.HUMAN, 1, 1));
			mails.consent(false);
			mails.tracked().follow(mails.token(mails.reader()), IssueLinks.code(KETTLES), READER);
			assertThat(mails.counts()).containsExactly(new Engagements.Count(EngagementKind.CLICK, Actor.HUMAN, 1, 1));
			mails.consent(true);
			Subscriptions subscriptions = mails.herald().get(Subscriptions.class);
			subscriptions.unsubscribe(mails.newsletter().id(), mails.reader(), ConsentSource.ADMIN, null);
			assertThat(mails.consent(true)).as("who left is asked no more").isFalse();
			mails.tracked().open(mails.token(mails.reader()), READER);
			assertThat(mails.counts()).hasSize(1);
			assertThat(consents(mails)).containsExactly("ACTIVE 1", "ACTIVE 0", "ACTIVE 1", "UNSUBSCRIBED -");
		});
	}

	private static List<String> consents(Mails mails) {
		return mails.herald().get(JdbcClient.class).sql("""
				SELECT CONCAT(state, ' ', COALESCE(CAST(tracked AS CHAR), '-')) FROM consent
				WHERE subscriber_id = ? AND source <> 'IMPORT' ORDER BY id
				""").param(mails.reader()).query(String.class).list();
	}

	@Test
	void aScannerThatFollowsAllIsNoReaderAndTheTrapIsNoLink() {
		with((mails) -> {
			mails.set(TrackingMode.PERSONS);
			mails.consent(true);
			Client scanner = new Client("GET", "192.0.2.9", READER.agent(), "en", "");
			for (String link : List.of(KETTLES, "https://example.org/b")) {
				mails.tracked().follow(mails.token(mails.reader()), IssueLinks.code(link), scanner);
			}
			assertThat(mails.tracked().follow(mails.token(mails.reader()), MailRequest.TRAP, scanner)).isEmpty();
			assertThat(mails.counts())
				.containsExactly(new Engagements.Count(EngagementKind.CLICK, Actor.MACHINE, 1, 2));
			mails.tracked().follow(mails.token(mails.reader()), IssueLinks.code(KETTLES), READER);
			assertThat(mails.counts()).containsExactly(new Engagements.Count(EngagementKind.CLICK, Actor.HUMAN, 1, 1),
					new Engagements.Count(EngagementKind.CLICK, Actor.MACHINE, 1, 2));
		});
	}

	@Test
	void whatIsAskedWhileTheRelayHasNotAnsweredIsAScanners() {
		with((mails) -> {
			mails.set(TrackingMode.PERSONS);
			mails.consent(true);
			JdbcClient jdbc = mails.herald().get(JdbcClient.class);
			jdbc.sql("""
					INSERT INTO delivery (issue_id, subscriber_id, send_id, state, provider, attempts, due_at, next_at,
					                      changed_at) VALUES (?, ?, 1, 1, 0, 1, 0, 0, 0)
					""").params(mails.issue().id(), mails.reader()).update();
			mails.tracked().open(mails.token(mails.reader()), READER);
			assertThat(mails.counts()).containsExactly(new Engagements.Count(EngagementKind.OPEN, Actor.MACHINE, 1, 1));
			jdbc.sql("UPDATE delivery SET state = 2").update();
			mails.tracked().open(mails.token(mails.reader()), READER);
			assertThat(mails.counts()).contains(new Engagements.Count(EngagementKind.OPEN, Actor.HUMAN, 1, 1));
		});
	}

}
