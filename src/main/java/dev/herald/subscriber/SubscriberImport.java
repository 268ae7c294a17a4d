package dev.herald.subscriber;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.herald.audit.Action;
import dev.herald.audit.Change;
import dev.herald.newsletter.Newsletter;
import dev.herald.problem.Problem;
import dev.herald.schema.Utc;
import dev.herald.subscriber.ImportResult.Rejection;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads subscribers from CSV: a header line with email and, optionally, name and zone.
 * Good rows go in, bad rows go to a file with reasons. Memory does not grow with the
 * file, but for 32 bytes an address. Thread-safe.
 */
@Service
public class SubscriberImport {

	private static final int CHUNK = 1000;

	private static final int SHOWN_REJECTIONS = 20;

	private final SubscriptionBatch batch;

	private final TransactionTemplate transactions;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	SubscriberImport(JdbcClient jdbc, PlatformTransactionManager transactionManager, ApplicationEventPublisher events,
			Clock clock) {
		this.batch = new SubscriptionBatch(jdbc, transactionManager);
		this.transactions = new TransactionTemplate(transactionManager);
		this.events = events;
		this.clock = clock;
	}

	/** LIST.rejects.csv beside LIST.csv. */
	public static Path rejectsBeside(Path csv) {
		String name = String.valueOf(csv.getFileName()).replaceAll("(?i)\\.csv$", "");
		return csv.resolveSibling(name + ".rejects.csv");
	}

	/**
	 * The whole file is checked before the first row goes in; then rows go in by chunks
	 * of 1,000, and after a crash the same import goes on where it was. An address that
	 * is suppressed is subscribed and stays suppressed. Names of subscribers that are
	 * there already stay as they are; zones are taken over.
	 * @param rejects where bad rows are written, each with its reason; not created when
	 * there are none, replaced when it exists
	 * @param dryRun counts and reports, and changes nothing
	 * @throws Problem when the file can't be read, is not UTF-8 or has no email column,
	 * or rejects can't be written: then nothing was imported
	 */
	public ImportResult run(Path csv, Newsletter newsletter, Path rejects, boolean dryRun) {
		if (isSame(csv, rejects)) {
			throw Problem.usage("The rejected rows can't be written over the file they come from, %s.".formatted(csv));
		}
		SubscriberCsv file = SubscriberCsv.open(csv);
		Progress progress = new Progress(newsletter.id(), dryRun);
		reject(file, rejects, progress);
		if (!dryRun) {
			record(Change.of(Action.IMPORT_STARTED, newsletter.key()));
		}
		file.read((row) -> {
			if (row instanceof CsvRow.Good good) {
				progress.add(good);
			}
		});
		ImportResult result = progress.finish(file.ignoredColumns());
		if (!dryRun) {
			record(Change.of(Action.SUBSCRIBERS_IMPORTED, newsletter.key())
				.with("added", result.added())
				.with("unchanged", result.unchanged())
				.with("keptUnsubscribed", result.keptUnsubscribed())
				.with("rejected", result.rejected()));
		}
		return result;
	}

	/** Rows go in by chunks: what began and never ended in the log was broken off. */
	private void record(Change change) {
		this.transactions.executeWithoutResult((status) -> this.events.publishEvent(change));
	}

	private static boolean isSame(Path csv, Path rejects) {
		try {
			return csv.toAbsolutePath().normalize().equals(rejects.toAbsolutePath().normalize())
					|| (Files.exists(csv) && Files.exists(rejects) && Files.isSameFile(csv, rejects));
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static void reject(SubscriberCsv file, Path rejects, Progress progress) {
		try (RejectsFile rejectsFile = new RejectsFile(rejects, file.header())) {
			file.read((row) -> {
				if (row instanceof CsvRow.Bad bad) {
					progress.reject(bad.rejection());
					if (!progress.dryRun) {
						rejectsFile.add(bad);
					}
				}
			});
			rejectsFile.publish();
		}
	}

	/** One run over one file. */
	private final class Progress {

		private final int newsletterId;

		private final boolean dryRun;

		private final LocalDateTime now = Utc.of(SubscriberImport.this.clock.instant());

		private final SeenAddresses seen = new SeenAddresses();

		private final Map<String, CsvRow.Good> chunk = new LinkedHashMap<>();

		/** Subscribed all the same: two addresses may look alike to seen. */
		private final Map<String, CsvRow.Good> repeats = new LinkedHashMap<>();

		private final List<Rejection> firstRejections = new ArrayList<>();

		private int added;

		private int unchanged;

		private int keptUnsubscribed;

		private int duplicates;

		private int rejected;

		Progress(int newsletterId, boolean dryRun) {
			this.newsletterId = newsletterId;
			this.dryRun = dryRun;
		}

		void reject(Rejection rejection) {
			this.rejected++;
			if (this.firstRejections.size() < SHOWN_REJECTIONS) {
				this.firstRejections.add(rejection);
			}
		}

		void add(CsvRow.Good row) {
			String key = row.address().matchKey();
			if (this.seen.add(key)) {
				this.chunk.put(key, row);
			}
			else {
				this.duplicates++;
				this.repeats.putIfAbsent(key, row);
			}
			if (this.chunk.size() + this.repeats.size() == CHUNK) {
				flush();
			}
		}

		private void flush() {
			Map<String, SubscriptionState> before = write(this.chunk);
			int ended = (int) before.values().stream().filter(SubscriptionState.UNSUBSCRIBED::equals).count();
			this.keptUnsubscribed += ended;
			this.unchanged += before.size() - ended;
			this.added += this.chunk.size() - before.size();
			this.chunk.clear();
			write(this.repeats);
			this.repeats.clear();
		}

		private Map<String, SubscriptionState> write(Map<String, CsvRow.Good> rows) {
			if (rows.isEmpty()) {
				return Map.of();
			}
			SubscriptionBatch batch = SubscriberImport.this.batch;
			return this.dryRun ? batch.look(this.newsletterId, rows.keySet())
					: batch.subscribe(this.newsletterId, rows, this.now);
		}

		ImportResult finish(List<String> ignoredColumns) {
			flush();
			return new ImportResult(this.added, this.unchanged, this.keptUnsubscribed, this.duplicates, this.rejected,
					List.copyOf(this.firstRejections), ignoredColumns);
		}

	}

}
