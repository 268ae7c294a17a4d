package dev.herald.delivery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

import dev.herald.issue.Issue;
import dev.herald.schema.Utc;
import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class AdmissionsTests {

	private static final Duration GRACE = Duration.ofHours(1);

	private static final Duration LEASE = Duration.ofSeconds(15);

	private final TestDatabase.Opened database;

	AdmissionsTests(TestDatabase database) {
		this.database = database.open();
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void aSendThatCouldNotBeginInTimeIsHeldAndItsReleaseMovesItsTimeToNow() {
		try (TestHerald herald = TestHerald.on(this.database)) {
			Send send = schedule(herald);
			due("2026-11-24 00:00:00");

			assertThat(ask(herald, send)).isEqualTo(new Admission.Ended());

			Send held = herald.get(Sends.class).byId(send.id());
			assertThat(held.status()).isEqualTo(SendStatus.HELD);
			assertThat(held.reason()).asString()
				.startsWith("It was planned for 2026-11-24 08:00 and could begin only at 20")
				.contains(" Asia/Shanghai, which is more than the grace (1h) too late.");
			Instant before = Instant.now().minusMillis(1);
			assertThat(herald.get(SendDecisions.class).resume(send.id())).isTrue();
			assertThat(herald.get(Sends.class).byId(send.id()).dueAt()).isAfterOrEqualTo(before);
			assertThat(herald.get(SendRunner.class).run(send.id())).isInstanceOf(SendRunner.RunResult.Finished.class);
		}
	}

	@Test
	void aSendThatHasBegunIsNotLateHoweverLongItsServerWasAway() {
		try (TestHerald herald = TestHerald.on(this.database)) {
			Send send = schedule(herald);
			herald.get(AudienceFreeze.class).freeze(send.id(), send.issueId(), 1, (recipients) -> List.of());
			due("2026-11-24 00:00:00");
			this.database.jdbc().sql("UPDATE send SET status = 'RUNNING', started_at = due_at").update();

			assertThat(ask(herald, send)).isEqualTo(new Admission.Granted());
		}
	}

	@Test
	void aSendThatDiedBeforeItsAudienceWasFrozenHasNotBegun() {
		try (TestHerald herald = TestHerald.on(this.database)) {
			Send send = schedule(herald);
			due("2026-11-24 00:00:00");
			this.database.jdbc()
				.sql("UPDATE send SET status = 'RUNNING', started_at = due_at, owner = 'dead', owned_until = due_at")
				.update();

			assertThat(ask(herald, send)).isEqualTo(new Admission.Ended());
			assertThat(herald.get(Sends.class).byId(send.id()).status()).isEqualTo(SendStatus.HELD);
		}
	}

	@Test
	void aFewMinutesLateIsInTime() {
		try (TestHerald herald = TestHerald.on(this.database)) {
			Send send = schedule(herald);
			this.database.jdbc()
				.sql("UPDATE send SET due_at = ?")
				.param(Utc.of(Instant.now().minus(Duration.ofMinutes(59))))
				.update();
			assertThat(ask(herald, send)).isEqualTo(new Admission.Granted());
		}
	}

	@Test
	void noSendStartsWhileTheTablesAreUpgraded() {
		try (TestHerald herald = TestHerald.on(this.database)) {
			Send send = schedule(herald);
			this.database.jdbc()
				.sql("UPDATE maintenance SET by_whom = 'pid 7', until_at = '2099-01-01 00:00:00'")
				.update();
			assertThat(ask(herald, send)).isInstanceOf(Admission.Later.class);
			assertThat(herald.get(Sends.class).byId(send.id()).status()).isEqualTo(SendStatus.SCHEDULED);

			this.database.jdbc().sql("UPDATE maintenance SET until_at = '2026-01-01 00:00:00'").update();
			assertThat(ask(herald, send)).as("a dead upgrade does not keep it for ever")
				.isEqualTo(new Admission.Granted());
		}
	}

	@Test
	void whoHasTheSendKeepsOthersOut() {
		try (TestHerald herald = TestHerald.on(this.database)) {
			Send send = schedule(herald);
			assertThat(ask(herald, send)).isEqualTo(new Admission.Granted());
			assertThat(herald.get(Admissions.class).ask(send, "another", LEASE, GRACE))
				.isEqualTo(new Admission.Elsewhere("this process"));
			assertThat(ask(herald, send)).isEqualTo(new Admission.Granted());
		}
	}

	@Test
	void whatChangedSinceTheApprovalHoldsTheSendAndItsReleaseApprovesWhatIsThere(@TempDir Path home)
			throws IOException {
		Path template = home.resolve("templates/issue/text.ftl");
		Files.createDirectories(template.getParent());
		try (TestHerald herald = TestHerald.on(this.database, "herald.home=" + home)) {
			Send send = schedule(herald);
			Files.writeString(template, "Another text. ${issue.body} ${unsubscribe}");

			herald.get(SendRunner.class).run(send.id());

			Send held = herald.get(Sends.class).byId(send.id());
			assertThat(held.status()).isEqualTo(SendStatus.HELD);
			assertThat(held.reason()).asString().startsWith("What would go out is not what was approved");
			assertThat(herald.get(Ledger.class).counts(send.issueId()).recipients()).isZero();
			herald.get(SendDecisions.class).resume(send.id());
			assertThat(herald.get(SendStore.class).fingerprint(send.id())).hasSize(64);
			assertThat(herald.get(SendRunner.class).run(send.id())).isInstanceOf(SendRunner.RunResult.Finished.class);
		}
	}

	@Test
	void aPauseDoesNotApproveWhatChangedMeanwhile(@TempDir Path home) throws IOException {
		Path template = home.resolve("templates/issue/text.ftl");
		Files.createDirectories(template.getParent());
		try (TestHerald herald = TestHerald.on(this.database, "herald.home=" + home)) {
			Send send = schedule(herald);
			herald.get(SendDecisions.class).pause(send.id(), "ann@example.org");
			Files.writeString(template, "Another text. ${issue.body} ${unsubscribe}");
			herald.get(SendDecisions.class).resume(send.id());

			herald.get(SendRunner.class).run(send.id());

			assertThat(herald.get(Sends.class).byId(send.id()).reason()).asString()
				.startsWith("What would go out is not what was approved");
		}
	}

	private static Admission ask(TestHerald herald, Send send) {
		return herald.get(Admissions.class).ask(herald.get(Sends.class).byId(send.id()), "this process", LEASE, GRACE);
	}

	private static Send schedule(TestHerald herald) {
		Issue issue = herald.issue(herald.newsletter("weekly", 3), "one");
		return herald.get(Sends.class).schedule(issue, Instant.now(), ZoneId.of("Asia/Shanghai"), "a test");
	}

	private void due(String utc) {
		this.database.jdbc().sql("UPDATE send SET due_at = ?").param(utc).update();
	}

}
