package dev.herald.delivery;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import dev.herald.audit.AuditTrail;
import dev.herald.audit.AuditTrail.Query;
import dev.herald.issue.Issue;
import dev.herald.problem.Problem;
import dev.herald.settings.Origin;
import dev.herald.testing.ScriptedSmtpServer;
import dev.herald.testing.TestHerald;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Limits that are changed while Herald runs. */
class LimitsTests extends EngineTest {

	private static final String[] TWO_RELAYS = { "herald.relays[0].name=main", "herald.relays[0].host=127.0.0.1",
			"herald.relays[0].rate=90/s", "herald.relays[1].name=second", "herald.relays[1].host=127.0.0.1",
			"herald.relays[1].weight=3" };

	@Test
	void aChangeCountsInEveryProcessAndAfterAStart() throws Exception {
		settings("rate: 50/s");
		try (TestHerald one = herald(TWO_RELAYS); TestHerald other = herald(TWO_RELAYS)) {
			assertThat(value(other, "rate")).isEqualTo("50/s");
			one.get(Limits.class).change("rate", "7/m", "ada@example.org");
			one.get(Limits.class).change("relays.main.connections", "2", "ada@example.org");
			assertThat(value(one, "rate")).isEqualTo("7/m");
			Awaitility.await()
				// One look a second, and what a busy machine adds.
				.atMost(Duration.ofSeconds(10))
				.until(() -> value(other, "rate").equals("7/m") && value(other, "relays.main.connections").equals("2"));
		}
		try (TestHerald later = herald(TWO_RELAYS)) {
			assertThat(value(later, "rate")).isEqualTo("7/m");
			assertThat(later.get(Limits.class).relays().all().get(0).connections()).isEqualTo(2);
		}
	}

	@Test
	void itIsSaidWhereAValueComesFromAndTheFilesCountsAgainWhenItIsUndone() throws Exception {
		settings("connections: 3\nrate: 50/s");
		try (TestHerald herald = herald(TWO_RELAYS)) {
			Limits limits = herald.get(Limits.class);
			assertThat(limits.require("grace").origin()).isEqualTo(Origin.DEFAULT);
			assertThat(limits.require("rate").origin())
				.satisfies((origin) -> assertThat(origin.kind()).isEqualTo(Origin.Kind.FILE))
				.satisfies((origin) -> assertThat(origin.detail()).endsWith("send-issue.yaml:2"));
			assertThat(limits.require("relays.second.weight").origin().kind()).isEqualTo(Origin.Kind.START);
			assertThat(limits.require("relays.main.weight").origin()).isEqualTo(Origin.DEFAULT);

			limits.change("rate", "", "ada@example.org");
			assertThat(limits.require("rate")).satisfies((rate) -> {
				assertThat(rate.value()).isEmpty();
				assertThat(rate.written()).isEqualTo("50/s");
				assertThat(rate.origin().kind()).isEqualTo(Origin.Kind.RUN_TIME);
				assertThat(rate.change()).satisfies((change) -> assertThat(change.by()).isEqualTo("ada@example.org"));
			});

			limits.restore("rate");
			limits.restore("rate");
			assertThat(limits.require("rate")).satisfies((rate) -> {
				assertThat(rate.value()).isEqualTo("50/s");
				assertThat(rate.origin().kind()).isEqualTo(Origin.Kind.FILE);
				assertThat(rate.change()).isNull();
			});
			assertThat(herald.get(AuditTrail.class).page(Query.ALL.of("limit.changed"), Long.MAX_VALUE, 9))
				.singleElement()
				.satisfies((entry) -> assertThat(entry.subject()).isEqualTo("rate"))
				.satisfies((entry) -> assertThat(entry.fields()).singleElement()
					.satisfies((field) -> assertThat(field.was()).isEqualTo("50/s")));
			assertThat(herald.get(AuditTrail.class).page(Query.ALL.of("limit.restored"), Long.MAX_VALUE, 9)).hasSize(1);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					rate | 50 | rate: '50' is no rate. Write a whole number, a slash and s, m, h or d, such as 50/s, 600/m, 1000/h or 20000/d.
					rate | 0/s | rate: A rate is from 1 to 1000000 messages, not 0.
					connections | 101 | connections must be less than or equal to 100, but is 101.
					connections | x | connections can't be x.
					connections | "" | connections needs a value.
					deadline | 1s | deadline must be longer than or equal to
					pacing.brake.rejected-share | 200% | A share is from 1% to 100%, not 200%.
					pacing.providers.gmail.connections | 0 | must be greater than or equal to 1, but is 0.
					pacing.warm-up | main tomorrow 50 | 'main tomorrow 50' is no warm-up plan.
					pacing.warm-up | main 2026-03-01 0 | must be greater than or equal to 1
					relays.main.weight | 0 | relays.main: weight must be from 1 to 1000, not 0
					relays.main.weight | many | relays.main: 'many' is no whole number
					relays.main.rate | 50 per second | '50 per second' is no rate.
					relays.main.password | x | There is no limit 'relays.main.password'.
					relays.third.rate | 5/s | There is no limit 'relays.third.rate'.
					pacing.providers.evil.rate | 5/s | There is no limit 'pacing.providers.evil.rate'.
					chunk-size | 9 | chunk-size is read when Herald starts. Change batch/send-issue.yaml and start Herald again.
					""")
	void whatTheFileCouldNotSayIsRefusedInTheSameWords(String name, String value, String message) throws Exception {
		settings("");
		try (TestHerald herald = herald(TWO_RELAYS)) {
			assertThatExceptionOfType(Problem.class)
				.isThrownBy(() -> herald.get(Limits.class).change(name, value, "ada@example.org"))
				.withMessageContaining(message);
			assertThat(herald.get(LimitChanges.class).all()).isEmpty();
		}
	}

	@Test
	@Timeout(60)
	void aSendThatIsUnderWayFollows() throws Exception {
		settings("rate: 1/s\nconnections: 1");
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start(); TestHerald herald = herald(relay)) {
			Issue issue = herald.issue(herald.newsletter("weekly", 300), "one");
			int send = schedule(herald, issue);
			CompletableFuture<SendRunner.RunResult> running = CompletableFuture
				.supplyAsync(() -> herald.get(SendRunner.class).run(send));
			Awaitility.await().until(() -> relay.recipients().size() >= 2);
			herald.get(Limits.class).change("connections", "3", "ada@example.org");
			herald.get(Limits.class).change("rate", "", "ada@example.org");
			herald.get(Limits.class).change("connections", "2", "ada@example.org");

			assertThat(running.get()).isInstanceOf(SendRunner.RunResult.Finished.class);
			assertThat(relay.recipients()).hasSize(300).doesNotHaveDuplicates();
			assertThat(counts(herald, issue)).isEqualTo(Map.of(DeliveryState.ACCEPTED, 300));
		}
	}

	@Test
	void aChangeThatNoLongerFitsTheFileIsLeftOutAndSaid() throws Exception {
		settings("pacing: {providers: {own: {code: 64, domains: own.example}}}");
		try (TestHerald herald = herald()) {
			herald.get(Limits.class).change("pacing.providers.own.rate", "5/s", "ada@example.org");
			herald.get(Limits.class).change("newsletter-rate", "6/s", "ada@example.org");
		}
		settings("");
		try (TestHerald herald = herald()) {
			Limits limits = herald.get(Limits.class);
			assertThat(limits.require("newsletter-rate").value()).isEqualTo("6/s");
			assertThat(limits.require("pacing.providers.own.rate")).satisfies((limit) -> {
				assertThat(limit.value()).isEmpty();
				assertThat(limit.unfit()).hasToString(
						"pacing: The provider own is none of Herald's own and needs a line code, from 64 to 127, that it keeps for good.");
				assertThat(Objects.requireNonNull(limit.unfit()).in(Locale.SIMPLIFIED_CHINESE))
					.isEqualTo("pacing：邮箱服务商 own 不是 Herald 自带的，需要一行 code，取值 64 到 127，并永远保持不变。");
			});
			limits.restore("pacing.providers.own.rate");
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> limits.require("pacing.providers.own.rate"));
		}
	}

	@Test
	void warmUpPlansAreChangedAsAWhole() throws Exception {
		settings("pacing: {warm-up: [{name: main, start: 2026-03-01, daily: '50, 100'},"
				+ " {name: old.example, start: 2026-01-01, daily: 9}]}");
		try (TestHerald herald = herald(TWO_RELAYS)) {
			Limits limits = herald.get(Limits.class);
			assertThat(limits.require("pacing.warm-up").value())
				.isEqualTo("main 2026-03-01 50, 100\nold.example 2026-01-01 9");
			assertThat(limits.require("pacing.warm-up").origin().kind()).isEqualTo(Origin.Kind.FILE);
			limits.change("pacing.warm-up", "\n main  2026-04-01 20,40 , 60 \n", "ada@example.org");
			assertThat(limits.require("pacing.warm-up").value()).isEqualTo("main 2026-04-01 20, 40, 60");
			limits.change("pacing.warm-up", "", "ada@example.org");
			assertThat(limits.require("pacing.warm-up").value()).isEmpty();
			limits.restore("pacing.warm-up");
			assertThat(limits.require("pacing.warm-up").value()).contains("old.example");
		}
	}

	private static String value(TestHerald herald, String name) {
		return herald.get(Limits.class).require(name).value();
	}

}
