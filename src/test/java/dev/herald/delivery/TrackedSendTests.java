package dev.herald.delivery;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.herald.issue.Issue;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.Newsletters;
import dev.herald.newsletter.TrackingMode;
import dev.herald.subscriber.ConsentSource;
import dev.herald.subscriber.Subscriptions;
import dev.herald.testing.ScriptedSmtpServer;
import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;
import dev.herald.tracking.Actor;
import dev.herald.tracking.DeliveryKey;
import dev.herald.tracking.DeliveryLinks;
import dev.herald.tracking.EngagementKind;
import dev.herald.tracking.Engagements;
import dev.herald.tracking.TrackedMails;
import dev.herald.tracking.TrackedMails.Client;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** From the setting to the figure: a send, its mails, and what comes of their links. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class TrackedSendTests extends SendTest {

	private static final String BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0";

	TrackedSendTests(TestDatabase database) {
		super(database);
	}

	@Test
	void whoConsentedIsTrackedByTheirMailAndAllOthersByNone() {
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start(); TestHerald herald = herald(relay.port())) {
			Newsletter newsletter = herald.newsletter("weekly", 3);
			herald.get(Newsletters.class).change("weekly", newsletter.settings().withTracking(TrackingMode.PERSONS));
			int consenting = idOf("reader2@example.org");
			herald.get(Subscriptions.class)
				.track(newsletter.id(), consenting, true, ConsentSource.TRACKING_CHOICE, null);
			Issue issue = herald.issue(newsletter, "one");

			run(herald, issue);

			DeliveryKey delivery = new DeliveryKey(issue.id(), consenting);
			String token = herald.get(DeliveryLinks.class).tracking(delivery);
			Map<String, String> mails = mails(relay);
			assertThat(mails.get("reader2@example.org")).contains("/o/" + token, "/r/" + token + "/");
			assertThat(mails.get("reader1@example.org")).contains("https://example.org/a").doesNotContain("/o/", "/r/");
			assertThat(mails.get("reader3@example.org")).doesNotContain("/o/", "/r/");
			String code = mails.getOrDefault("reader2@example.org", "")
				.replaceAll("(?s).*?/r/" + token + "/([a-z2-7]{8}).*", "$1");
			// Who reads it an hour later.
			this.database.jdbc().sql("UPDATE delivery SET changed_at = changed_at - 3600").update();
			assertThat(herald.get(TrackedMails.class)
				.follow(token, code, new Client("GET", "192.0.2.1", BROWSER, "en", "")))
				.contains("https://example.org/a");
			await().untilAsserted(() -> assertThat(herald.get(Engagements.class).of(issue.id()))
				.isEqualTo(List.of(new Engagements.Count(EngagementKind.CLICK, Actor.HUMAN, 1, 1))));
		}
	}

	@Test
	void totalsAreOneMailForAll() {
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start(); TestHerald herald = herald(relay.port())) {
			Newsletter newsletter = herald.newsletter("weekly", 3);
			herald.get(Newsletters.class).change("weekly", newsletter.settings().withTracking(TrackingMode.TOTALS));
			Issue issue = herald.issue(newsletter, "one");

			run(herald, issue);

			String token = herald.get(DeliveryLinks.class).tracking(new DeliveryKey(issue.id(), 0));
			assertThat(mails(relay).values()).hasSize(3)
				.allSatisfy((mail) -> assertThat(mail).contains("/o/" + token, "/r/" + token + "/"));
		}
	}

	/** By recipient, without the soft line ends of quoted-printable. */
	private static Map<String, String> mails(ScriptedSmtpServer relay) {
		return relay.received()
			.stream()
			.collect(Collectors.toMap(ScriptedSmtpServer.Received::recipient,
					(mail) -> mail.text().replaceAll("=\\r?\\n", "")));
	}

}
