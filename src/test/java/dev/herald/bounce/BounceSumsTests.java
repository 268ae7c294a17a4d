package dev.herald.bounce;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import dev.herald.bounce.Bounces.BounceCount;
import dev.herald.bounce.Bounces.ProviderBounces;
import dev.herald.delivery.DeliveriesMoved;
import dev.herald.returns.BounceClass;
import dev.herald.returns.Report;
import dev.herald.returns.Report.Kind;
import dev.herald.returns.Report.ReportedRecipient;
import dev.herald.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class BounceSumsTests {

	private static final List<String> HARD = List.of("userunknown", "hostunknown");

	private static final List<String> SOFT = List.of("mailboxfull", "toobig", "greylisted");

	private static final Map<TestDatabase, TestDatabase.Opened> DATABASES = new EnumMap<>(TestDatabase.class);

	private static final Map<TestDatabase, ConfigurableApplicationContext> CONTEXTS = new EnumMap<>(TestDatabase.class);

	private final TestDatabase.Opened database;

	private final ConfigurableApplicationContext context;

	private final Bounces bounces;

	private int reports;

	BounceSumsTests(TestDatabase kind) {
		this.database = DATABASES.computeIfAbsent(kind, TestDatabase::open);
		this.context = CONTEXTS.computeIfAbsent(kind, (any) -> ReturnsApplication.start(this.database));
		this.bounces = this.context.getBean(Bounces.class);
	}

	@BeforeEach
	void prepare() {
		new Rows(this.database.jdbc()).insert();
		sendTo(1, 1);
	}

	@AfterAll
	static void stop() {
		CONTEXTS.values().forEach(ConfigurableApplicationContext::close);
		CONTEXTS.clear();
		DATABASES.values().forEach(TestDatabase.Opened::close);
		DATABASES.clear();
	}

	/** All nine readers, of providers 1 to 3, from one reader on. */
	private void sendTo(int send, int from) {
		this.database.jdbc()
			.sql("""
					INSERT INTO send (id, issue_id, issue_version_id, status, rehearsal, due_at, zone, requested_by, created_at)
					VALUES (?, 7, 1, 'DONE', 0, '2026-11-24', 'UTC', 'ann', '2026-11-24')
					""")
			.param(send)
			.update();
		this.database.jdbc().sql("DELETE FROM delivery WHERE subscriber_id >= ?").param(from).update();
		this.database.jdbc().sql("""
				INSERT INTO delivery (issue_id, subscriber_id, send_id, state, provider, attempts, due_at, next_at,
				                      changed_at)
				SELECT 7, id, ?, 2, MOD(id, 3) + 1, 1, 0, 0, 0 FROM subscriber WHERE id >= ?
				""").params(send, from).update();
	}

	private void takeOver(int send, int from) {
		this.context.getBean(TransactionTemplate.class).executeWithoutResult((status) -> {
			this.context.publishEvent(new DeliveriesMoved(Rows.ISSUE));
			sendTo(send, from);
		});
	}

	private void bounce(int reader, BounceClass bounceClass, String reason) {
		bounce(reader, bounceClass, reason, "%064d".formatted(++this.reports));
	}

	private void bounce(int reader, BounceClass bounceClass, String reason, String sha256) {
		this.context.getBean(BounceRecording.class)
			.record(Rows.delivery(reader), new Report(Kind.BOUNCE, List.of(new ReportedRecipient(Rows.address(reader),
					"5.1.1", "failed", bounceClass, reason, "550 " + reason))), sha256);
	}

	@Test
	void eachRecipientCountsOnceByClassReasonAndProviderAndInTheMinuteOfTheFirst() {
		bounce(1, BounceClass.SOFT, "mailboxfull");
		assertThat(this.bounces.dead(List.of(Rows.ISSUE))).isEmpty();
		bounce(1, BounceClass.SOFT, "mailboxfull");
		bounce(1, BounceClass.SOFT, "toobig");
		bounce(1, BounceClass.HARD, "userunknown");
		bounce(2, BounceClass.HARD, "userunknown");

		assertThat(this.bounces.countsOf(Rows.ISSUE)).containsExactly(
				new BounceCount(BounceClass.HARD, "userunknown", 2),
				new BounceCount(BounceClass.SOFT, "mailboxfull", 1), new BounceCount(BounceClass.SOFT, "toobig", 1));
		assertThat(this.bounces.byProvider(Rows.ISSUE)).containsExactly(new ProviderBounces(2, BounceClass.HARD, 1),
				new ProviderBounces(3, BounceClass.HARD, 1), new ProviderBounces(2, BounceClass.SOFT, 1));
		assertThat(this.bounces.dead(List.of(Rows.ISSUE, 99))).isEqualTo(Map.of(Rows.ISSUE, 2));
		assertThat(this.bounces.firstByMinute(Rows.ISSUE)).extracting(Bounces.FirstBounces::recipients)
			.satisfies((each) -> assertThat(each.stream().mapToInt(Integer::intValue).sum()).isEqualTo(3));
		assertThat(this.bounces.areExact(Rows.ISSUE)).isTrue();
	}

	@Test
	void theMinuteOfTheFirstBounceIsKeptWhateverComesAfterIt() {
		bounce(1, BounceClass.SOFT, "mailboxfull");
		this.database.jdbc().sql("UPDATE bounce SET received_at = '2026-11-24 23:59:59.999'").update();
		assertThat(this.bounces.firstByMinute(Rows.ISSUE)).extracting(Bounces.FirstBounces::minute)
			.map(Object::toString)
			.containsExactly("2026-11-24T23:59:00Z");

		bounce(1, BounceClass.SOFT, "mailboxfull");

		assertThat(this.bounces.firstByMinute(Rows.ISSUE)).extracting(Bounces.FirstBounces::minute)
			.map(Object::toString)
			.containsExactly("2026-11-24T23:59:00Z");
	}

	@Test
	void whatIsKeptIsWhatTheRecordsSayAfterAnyOrderOfEvents() {
		Random random = new Random(20261127);
		int lookedAt = 0;
		for (int event = 1; event <= 120; event++) {
			int reader = 1 + random.nextInt(9);
			switch (random.nextInt(9)) {
				case 0, 1, 2 -> bounce(reader, BounceClass.SOFT, SOFT.get(random.nextInt(3)));
				case 3, 4 -> bounce(reader, BounceClass.HARD, HARD.get(random.nextInt(2)));
				case 5 -> bounce(reader, BounceClass.HARD, HARD.get(0), "f".repeat(64));
				case 6 -> lookedAt += this.bounces.dead(List.of(Rows.ISSUE)).size();
				case 7 -> {
					if (event % 4 == 0) {
						takeOver(100 + event, reader);
					}
				}
				default -> decide(random.nextInt(3));
			}
		}
		assertThat(lookedAt).as("so that sums were kept on the way").isPositive();
		assertThat(this.bounces.areExact(Rows.ISSUE)).isTrue();
		assertThat(this.bounces.countsOf(Rows.ISSUE)).as("not because there are none").isNotEmpty();
	}

	/** As though the first wave had been held. */
	private void decide(int decision) {
		BounceWaves waves = this.context.getBean(BounceWaves.class);
		this.database.jdbc()
			.sql("SELECT MIN(id) FROM bounce_wave")
			.query(Integer.class)
			.optional()
			.ifPresent((wave) -> {
				this.database.jdbc().sql("UPDATE bounce_wave SET state = 'HELD' WHERE id = ?").param(wave).update();
				if (decision == 0) {
					waves.alive(wave, "ann");
				}
				else {
					waves.dead(wave, "ann");
				}
				if (decision == 2) {
					waves.reopen(wave, "ann");
				}
			});
	}

	@Test
	void reportsOnTheSameRecipientsAtOnceAreAddedUpOneAfterTheOther() throws InterruptedException {
		bounce(1, BounceClass.SOFT, "mailboxfull");
		assertThat(this.bounces.countsOf(Rows.ISSUE)).hasSize(1);
		ExecutorService pool = Executors.newFixedThreadPool(4);
		for (int thread = 0; thread < 4; thread++) {
			String sha256 = "%064d".formatted(1_000 + thread);
			pool.execute(() -> {
				for (int reader = 1; reader <= 9; reader++) {
					bounce(reader, BounceClass.SOFT, "mailboxfull", sha256);
				}
			});
		}
		pool.shutdown();
		assertThat(pool.awaitTermination(60, TimeUnit.SECONDS)).isTrue();

		assertThat(this.database.jdbc().sql("SELECT COUNT(*) FROM bounce").query(Integer.class).single()).isEqualTo(37);
		assertThat(this.bounces.countsOf(Rows.ISSUE))
			.containsExactly(new BounceCount(BounceClass.SOFT, "mailboxfull", 9));
		assertThat(this.bounces.areExact(Rows.ISSUE)).isTrue();
	}

	@Test
	void aDecisionOnAWaveAndItsNextBouncesDoNotWaitForEachOther() throws Exception {
		bounce(1, BounceClass.HARD, "userunknown");
		int wave = this.database.jdbc().sql("SELECT MIN(id) FROM bounce_wave").query(Integer.class).single();
		this.database.jdbc().sql("UPDATE bounce_wave SET state = 'HELD'").update();
		BounceWaves waves = this.context.getBean(BounceWaves.class);
		ExecutorService pool = Executors.newSingleThreadExecutor();
		Future<?> recording = pool.submit(() -> {
			for (int report = 0; report < 60; report++) {
				bounce(1 + report % 9, BounceClass.HARD, "userunknown", "%064d".formatted(2_000 + report));
			}
		});
		pool.shutdown();
		do {
			waves.dead(wave, "ann");
			waves.reopen(wave, "ann");
		}
		while (!recording.isDone());
		recording.get();

		assertThat(this.bounces.areExact(Rows.ISSUE)).isTrue();
		assertThat(this.bounces.countsOf(Rows.ISSUE)).as("those of the two other providers are in no held wave")
			.containsExactly(new BounceCount(BounceClass.HARD, "userunknown", 6),
					new BounceCount(BounceClass.SOFT, "userunknown", 3));
	}

	@Test
	void whatSomebodyWroteByHandIsFound() {
		bounce(1, BounceClass.HARD, "userunknown");
		assertThat(this.bounces.areExact(Rows.ISSUE)).isTrue();

		this.database.jdbc().sql("UPDATE bounce_count SET recipients = 2 WHERE part = 'MINUTE'").update();

		assertThat(this.bounces.areExact(Rows.ISSUE)).isFalse();
		this.database.jdbc().sql("UPDATE bounce_counted SET counted = 0").update();
		assertThat(this.bounces.areExact(Rows.ISSUE)).as("counted anew").isTrue();
	}

}
