package dev.herald.bounce;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

import dev.herald.address.EmailAddress;
import dev.herald.problem.Problem;
import dev.herald.returns.BounceClass;
import dev.herald.returns.Report;
import dev.herald.returns.Report.Kind;
import dev.herald.returns.Report.ReportedRecipient;
import dev.herald.subscriber.SuppressionReason;
import dev.herald.subscriber.Suppressions;
import dev.herald.testing.TestDatabase;
import dev.herald.tracking.DeliveryKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** When soft bounces suppress, and when hard ones do not. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class BouncePolicyTests {

	private final TestDatabase.Opened database;

	private final ConfigurableApplicationContext context;

	private final Rows rows;

	BouncePolicyTests(TestDatabase kind) {
		this.database = kind.open();
		this.context = ReturnsApplication.start(this.database);
		this.rows = new Rows(this.database.jdbc());
		this.rows.insert();
		for (int issue = 8; issue <= 14; issue++) {
			execute("""
					INSERT INTO issue (id, newsletter_id, slug, title, current_version, created_at)
					VALUES (%d, 1, 'n%d', 'N', 1, '2026-01-01 00:00:00')
					""".formatted(issue, issue));
		}
		for (int issue = 7; issue <= 14; issue++) {
			execute("""
					INSERT INTO send (id, issue_id, issue_version_id, status, rehearsal, due_at, zone, requested_by,
					                  created_at)
					VALUES (%d, %d, 1, 'DONE', 0, '2026-01-01 00:00:00', 'UTC', 'ann', '2026-01-01 00:00:00')
					""".formatted(issue, issue));
			for (int reader = 1; reader <= 9; reader++) {
				execute("""
						INSERT INTO delivery (issue_id, subscriber_id, send_id, state, provider, attempts, due_at,
						                      next_at, changed_at)
						VALUES (%d, %d, %d, 2, 1, 1, 0, 0, 0)
						""".formatted(issue, reader, issue));
			}
		}
	}

	@AfterEach
	void close() {
		this.context.close();
		this.database.close();
	}

	@Test
	void fiveIssuesInARowOverFourteenDaysSuppressAFullMailbox() {
		for (int issue = 7; issue <= 10; issue++) {
			assertThat(soft(issue, "mailboxfull").suppressed()).isFalse();
			age(issue, 30 - issue);
		}
		assertThat(soft(11, "expired").suppressed()).isTrue();
		assertThat(this.rows.suppressed()).containsExactly("reader1@example.net SOFT_BOUNCES");
		assertThat(changes()).hasSize(1)
			.first()
			.satisfies((change) -> assertThat(change.evidence()).matches("5 issues in a row bounced, from .* to .*"));
	}

	@Test
	void fiveWithinADayAreAnOutage() {
		for (int issue = 7; issue <= 12; issue++) {
			assertThat(soft(issue, "mailboxfull").suppressed()).isFalse();
		}
	}

	@Test
	void whatAFilterDecidedNeverSuppresses() {
		for (int issue = 7; issue <= 13; issue++) {
			assertThat(soft(issue, "spam").suppressed()).isFalse();
			age(issue, 60 - issue);
		}
	}

	@Test
	void anIssueThatDidNotBounceStartsTheCountAgain() {
		for (int issue : List.of(7, 8, 9, 11, 12, 13)) {
			assertThat(soft(issue, "mailboxfull").suppressed()).isFalse();
			age(issue, 60 - issue);
		}
	}

	@Test
	void aReadersActStartsTheCountAgain() {
		for (int issue = 7; issue <= 9; issue++) {
			soft(issue, "mailboxfull");
			age(issue, 60 - issue);
		}
		execute("UPDATE subscriber SET last_engaged_at = '2100-01-01 00:00:00' WHERE id = 1");
		for (int issue = 10; issue <= 13; issue++) {
			assertThat(soft(issue, "mailboxfull").suppressed()).isFalse();
		}
	}

	@Test
	void aLiftedSuppressionIsNotMadeAgainByTheSameBounces() {
		for (int issue = 7; issue <= 10; issue++) {
			soft(issue, "mailboxfull");
			age(issue, 30 - issue);
		}
		assertThat(soft(11, "mailboxfull").suppressed()).isTrue();
		this.context.getBean(Suppressions.class).lift(EmailAddress.parse(Rows.address(1)), "she wrote", "ann");

		assertThat(soft(12, "mailboxfull").suppressed()).isFalse();
	}

	@Test
	void manyHardBouncesOfOneProviderWithOneTextAreHeldUntilAPersonDecides() {
		readers(10, 60);
		for (int reader = 10; reader < 29; reader++) {
			assertThat(hard(reader, "550 5.1.1 <reader%d@example.net> not here".formatted(reader)).suppressed())
				.isTrue();
		}
		assertThat(this.rows.suppressed()).hasSize(19);

		assertThat(hard(29, "550 5.1.1 <reader29@example.net> not here").suppressed()).isFalse();

		assertThat(this.rows.suppressed()).isEmpty();
		assertThat(this.rows.bounces()).hasSize(20).allMatch((bounce) -> bounce.contains(" SOFT "));
		assertThat(hard(30, "550 5.1.1 <reader30@example.net> not here").suppressed()).isFalse();
		BounceWaves waves = this.context.getBean(BounceWaves.class);
		assertThat(waves.held()).singleElement().satisfies((wave) -> {
			assertThat(wave.bounces()).isEqualTo(21);
			assertThat(wave.slug()).isEqualTo("one");
		});

		assertThat(waves.dead(waves.held().get(0).id(), "ann")).isEqualTo(21);
		assertThat(this.rows.suppressed()).hasSize(21);
		assertThat(this.rows.bounces()).allMatch((bounce) -> bounce.contains(" HARD "));
		assertThat(hard(31, "550 5.1.1 <reader31@example.net> not here").suppressed()).isTrue();
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> waves.alive(waves.held().get(0).id(), "ann"));
	}

	@Test
	void aHeldWaveLiftsNeitherAComplaintNorWhatAnotherBounceSays() {
		readers(10, 60);
		for (int reader = 10; reader < 29; reader++) {
			hard(reader, "550 5.1.1 not here");
		}
		Suppressions suppressions = this.context.getBean(Suppressions.class);
		EmailAddress complaining = EmailAddress.parse(Rows.address(10));
		suppressions.lift(complaining, "by letter", "ann");
		suppressions.suppress(complaining, SuppressionReason.COMPLAINT, "abuse", Suppressions.HERALD);
		record(new DeliveryKey(8, 11), new ReportedRecipient(Rows.address(11), "5.1.2", "failed", BounceClass.HARD,
				"hostunknown", "no such domain"));

		hard(29, "550 5.1.1 not here");

		assertThat(this.rows.suppressed()).containsExactly("reader10@example.net COMPLAINT",
				"reader11@example.net HARD_BOUNCE");
	}

	@Test
	void deadAddressesThatAreFewAmongTheLivingAreBelieved() {
		readers(10, 200);
		for (int reader = 10; reader < 40; reader++) {
			assertThat(hard(reader, "550 5.1.1 not here").suppressed()).isTrue();
		}
		assertThat(this.context.getBean(BounceWaves.class).held()).isEmpty();
	}

	@Test
	void theAddressesOfAWaveThatLiveStaySoft() {
		readers(10, 60);
		for (int reader = 10; reader < 30; reader++) {
			hard(reader, "550 5.1.1 not here");
		}
		BounceWaves waves = this.context.getBean(BounceWaves.class);
		waves.alive(waves.held().get(0).id(), "ann");
		assertThat(hard(30, "550 5.1.1 not here").suppressed()).isFalse();
		assertThat(this.rows.suppressed()).isEmpty();
	}

	@Test
	void aDecisionOnAWaveIsTakenBackWithWhatItHadSuppressedAndNothingElse() {
		readers(10, 60);
		for (int reader = 10; reader < 30; reader++) {
			hard(reader, "550 5.1.1 not here");
		}
		Suppressions suppressions = this.context.getBean(Suppressions.class);
		suppressions.suppress(EmailAddress.parse(Rows.address(12)), SuppressionReason.ADMIN, "by letter", "bob");
		BounceWaves waves = this.context.getBean(BounceWaves.class);
		int wave = waves.held().get(0).id();
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> waves.reopen(wave, "ann"));
		assertThat(waves.dead(wave, "ann")).isEqualTo(19);

		assertThat(waves.reopen(wave, "ann")).isEqualTo(19);

		assertThat(this.rows.suppressed()).containsExactly("reader12@example.net ADMIN");
		assertThat(this.rows.bounces()).allMatch((bounce) -> bounce.contains(" SOFT "));
		assertThat(waves.waiting()).extracting(BounceWaves.Wave::id).containsExactly(wave);
		waves.alive(wave, "ann");
		assertThat(waves.reopen(wave, "ann")).isZero();
		assertThat(waves.readers(wave, 0, 2)).extracting((reader) -> reader.address().value())
			.containsExactly(Rows.address(10), Rows.address(11));
		assertThat(waves.readers(wave, 28, 2)).extracting((reader) -> reader.address().value())
			.containsExactly(Rows.address(29));
	}

	private List<Suppressions.Change> changes() {
		return this.context.getBean(Suppressions.class).changes(EmailAddress.parse(Rows.address(1)));
	}

	private BounceRecording.Outcome soft(int issue, String reason) {
		return record(new DeliveryKey(issue, 1),
				new ReportedRecipient(Rows.address(1), "4.2.2", "failed", BounceClass.SOFT, reason, "452 later"));
	}

	private BounceRecording.Outcome hard(int reader, String evidence) {
		return record(Rows.delivery(reader), new ReportedRecipient(Rows.address(reader), "5.1.1", "failed",
				BounceClass.HARD, "userunknown", evidence));
	}

	private BounceRecording.Outcome record(DeliveryKey delivery, ReportedRecipient recipient) {
		return this.context.getBean(BounceRecording.class)
			.record(delivery, new Report(Kind.BOUNCE, List.of(recipient)), "a".repeat(64));
	}

	private void age(int issue, int days) {
		this.database.jdbc()
			.sql("UPDATE bounce SET received_at = ? WHERE issue_id = ?")
			.params(LocalDateTime.now(ZoneOffset.UTC).minus(Duration.ofDays(days)), issue)
			.update();
	}

	/** Who got issue 7 too, at the same provider. */
	private void readers(int from, int to) {
		for (int reader = from; reader <= to; reader++) {
			execute("""
					INSERT INTO subscriber (id, address, match_key, created_at)
					VALUES (%d, '%s', '%s', '2026-01-01 00:00:00')
					""".formatted(reader, Rows.address(reader), Rows.address(reader)));
			execute("""
					INSERT INTO delivery (issue_id, subscriber_id, send_id, state, provider, attempts, due_at, next_at,
					                      changed_at)
					VALUES (7, %d, 7, 2, 1, 1, 0, 0, 0)
					""".formatted(reader));
		}
	}

	private void execute(String sql) {
		this.database.jdbc().sql(sql).update();
	}

}
