package dev.herald.delivery;

import java.time.Instant;
import java.time.ZoneOffset;

import dev.herald.issue.Issue;
import dev.herald.newsletter.Newsletter;
import dev.herald.problem.Problem;
import dev.herald.segment.KeptAttributes;
import dev.herald.segment.Segment;
import dev.herald.segment.Segments;
import dev.herald.segment.TreeJson;
import dev.herald.subscriber.ConsentSource;
import dev.herald.subscriber.Subscriptions;
import dev.herald.testing.ScriptedSmtpServer;
import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class SegmentSendTests extends SendTest {

	private static final String IN_BERLIN = """
			{"all":[{"field":"attribute","name":"city","test":"is","value":"Berlin"}]}""";

	SegmentSendTests(TestDatabase database) {
		super(database);
	}

	@Test
	void aSendGoesToTheSegmentAsItWasWhenItWasAskedForAndNamesWhoIsOutside() {
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start(); TestHerald herald = herald(relay.port())) {
			Newsletter newsletter = herald.newsletter("weekly", 6);
			Issue issue = herald.issue(newsletter, "one");
			live("Berlin", 1, 2, 3);
			live("Paris", 4);
			herald.get(Subscriptions.class)
				.unsubscribe(newsletter.id(), idOf("reader1@example.org"), ConsentSource.ADMIN, null);
			herald.get(Subscriptions.class)
				.unsubscribe(newsletter.id(), idOf("reader6@example.org"), ConsentSource.ADMIN, null);
			Segments segments = herald.get(Segments.class);
			Segment berlin = segments.create(newsletter, "berlin", "In Berlin", TreeJson.read(IN_BERLIN));
			Send.Audience expected = new Send.Audience(6, 2, 0, 2, 0, 0, 0, 2);
			assertThat(herald.get(Sends.class).preview(issue, berlin)).isEqualTo(expected);
			Send send = schedule(herald, issue, berlin);
			segments.change(newsletter, "berlin", "In Paris", TreeJson.read(IN_BERLIN.replace("Berlin", "Paris")));
			segments.delete(newsletter, "berlin");

			herald.get(SendRunner.class).run(send.id());

			assertThat(relay.recipients()).containsExactlyInAnyOrder("reader2@example.org", "reader3@example.org");
			Send done = herald.get(Sends.class).byId(send.id());
			assertThat(done.audience()).isEqualTo(expected);
			assertThat(done.segment()).isEqualTo(new Send.OfSegment("berlin", "In Berlin"));
			assertThat(expected.exclusions()).hasToString("2 unsubscribed, 2 not in the segment");
		}
	}

	@Test
	void anOverlappingSegmentGetsOnlyWhoHasItNot() {
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start(); TestHerald herald = herald(relay.port())) {
			Newsletter newsletter = herald.newsletter("weekly", 4);
			Issue issue = herald.issue(newsletter, "one");
			live("Berlin", 1, 2);
			live("Paris", 3);
			Segments segments = herald.get(Segments.class);
			Segment berlin = segments.create(newsletter, "berlin", "Berlin", TreeJson.read(IN_BERLIN));
			Segment living = segments.create(newsletter, "living", "Somewhere",
					TreeJson.read("{\"all\":[{\"field\":\"attribute\",\"name\":\"city\",\"test\":\"is-set\"}]}"));
			herald.get(SendRunner.class).run(schedule(herald, issue, berlin).id());
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> schedule(herald, issue, berlin));

			herald.get(SendRunner.class).run(schedule(herald, issue, living).id());

			assertThat(relay.recipients()).containsExactlyInAnyOrder("reader1@example.org", "reader2@example.org",
					"reader3@example.org");
			assertThat(herald.get(Sends.class).latest(issue.id()).orElseThrow().audience())
				.isEqualTo(new Send.Audience(4, 1, 0, 0, 0, 0, 2, 1));
		}
	}

	private void live(String city, int... readers) {
		for (int reader : readers) {
			KeptAttributes.set(this.database.jdbc(), idOf("reader" + reader + "@example.org"), "city", city);
		}
	}

	private static Send schedule(TestHerald herald, Issue issue, Segment segment) {
		Sends sends = herald.get(Sends.class);
		return sends.schedule(issue, SendPlan.at(Instant.now(), ZoneOffset.UTC).to(segment), "a test",
				sends.review(issue).fingerprint());
	}

}
