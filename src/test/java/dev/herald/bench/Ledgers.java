package dev.herald.bench;

import java.io.IOException;
import java.util.List;

import dev.herald.bench.SendingRun.Frozen;
import dev.herald.bench.SendingRun.Sent;
import dev.herald.newsletter.Newsletter;
import dev.herald.testing.TestHerald;

/**
 * What depends on the length of the list: freezing, heap, and the rate over a long send.
 */
final class Ledgers {

	private static final int TIMES_BARE = 3;

	private final Bench bench;

	private final SendingRun run;

	Ledgers(Bench bench) {
		this.bench = bench;
		this.run = new SendingRun(bench.options(), bench.folder());
	}

	void freeze(BenchDatabase.Kind kind) throws IOException, InterruptedException {
		BenchDatabase database = BenchDatabase.create(kind, this.bench.folder());
		String newsletter = prepare(database, this.bench.options().freezeRecipients);
		Frozen frozen = this.run.freeze(database, newsletter, "one");
		double ratio = (double) frozen.freezeMillis() / frozen.bareMillis();
		this.bench.figures()
			.row("%s, freezing %,d recipients".formatted(kind, frozen.rows()),
					"%.1f s".formatted(frozen.freezeMillis() / 1e3),
					"bare INSERT … SELECT %.1f s: %.1f times that".formatted(frozen.bareMillis() / 1e3, ratio),
					Figures.verdict(ratio <= TIMES_BARE, "at most 3 times"));
	}

	void sizes() throws IOException, InterruptedException {
		BenchDatabase database = BenchDatabase.create(this.bench.options().sizesOn, this.bench.folder());
		for (int size : this.bench.options().sizes) {
			String newsletter = prepare(database, size);
			Sent sent = this.run.send(database, newsletter, List.of("one"), this.bench.sink().port(), List.of()).get(0);
			this.bench.figures()
				.row("%s, one send to %,d".formatted(database.kind(), size),
						"%.0f messages/s; steady %d; %d us of processor a message".formatted(sent.rate(),
								sent.steadyRate(), sent.processorMicros()),
						"live heap at half way %.1f MiB, most after a collection %.1f MiB, -Xmx%s"
							.formatted(sent.liveKib() / 1024.0, sent.mostKib() / 1024.0, this.bench.options().heap),
						"steady rate within 10 %, heap flat");
		}
		if (database.kind() == BenchDatabase.Kind.MYSQL) {
			try (TestHerald herald = TestHerald.on(database.url())) {
				BenchDatabase.tellBytesARow(BenchDatabase.jdbc(herald), this.bench.figures());
			}
		}
	}

	private String prepare(BenchDatabase database, int size) {
		try (TestHerald herald = TestHerald.on(database.url())) {
			Newsletter newsletter = database.audience(herald, size);
			this.bench.issue().importInto(herald, newsletter, "one");
			return newsletter.key();
		}
	}

}
