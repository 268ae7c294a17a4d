package dev.herald.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.security.concurrent.DelegatingSecurityContextExecutorService;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;
import org.springframework.web.multipart.MultipartFile;

import dev.herald.newsletter.Newsletter;
import dev.herald.problem.Problem;
import dev.herald.subscriber.ImportResult;
import dev.herald.subscriber.SubscriberImport;

/**
 * CSV files between their upload and their import: first read without changing anything,
 * then, when somebody has seen what that found, imported. Works in the background, one
 * file after the other; files are kept for an hour, until the server stops. Thread-safe.
 */
@Component
class CsvUploads implements DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(CsvUploads.class);

	private static final Duration KEPT = Duration.ofHours(1);

	/** At 50 MB each. */
	private static final int MAX_KEPT = 10;

	private final SubscriberImport subscriberImport;

	private final Clock clock;

	private final Words words;

	private final Map<String, Upload> uploads = new ConcurrentHashMap<>();

	/** Who confirmed an import is who imports, for the audit log. */
	private final ExecutorService worker = new DelegatingSecurityContextExecutorService(
			Executors.newSingleThreadExecutor((task) -> new Thread(task, "csv-import")));

	CsvUploads(SubscriberImport subscriberImport, Words words, Clock clock) {
		this.subscriberImport = subscriberImport;
		this.words = words;
		this.clock = clock;
	}

	/**
	 * Keeps the file and begins to check it.
	 * @throws Problem when too many files are kept
	 */
	synchronized String accept(Newsletter newsletter, MultipartFile file) throws IOException {
		forgetOld();
		if (this.uploads.size() >= MAX_KEPT) {
			throw Problem.work(this.words.say("import.busy"));
		}
		Path folder = Files.createTempDirectory("herald-import-");
		Path csv = folder.resolve("subscribers.csv");
		file.transferTo(csv);
		byte[] random = new byte[16];
		new SecureRandom().nextBytes(random);
		String id = HexFormat.of().formatHex(random);
		this.uploads.put(id, new Upload(newsletter.id(), folder, this.clock.instant(), new Step.Checking()));
		work(id, () -> new Step.Checked(run(csv, folder.resolve("check.csv"), newsletter, true)));
		return id;
	}

	/** Imports a file that was checked; does nothing when that was asked for already. */
	synchronized void confirm(String id, Newsletter newsletter) {
		Upload upload = require(id, newsletter);
		if (upload.step() instanceof Step.Checked) {
			this.uploads.put(id, upload.at(new Step.Importing()));
			work(id, () -> new Step.Imported(run(upload.csv(), upload.rejects(), newsletter, false)));
		}
	}

	Upload require(String id, Newsletter newsletter) {
		return Optional.ofNullable(this.uploads.get(id))
			.filter((upload) -> upload.newsletterId() == newsletter.id())
			.orElseThrow(() -> Problem.usage(this.words.say("import.gone")));
	}

	private ImportResult run(Path csv, Path rejects, Newsletter newsletter, boolean dryRun) {
		return this.subscriberImport.run(csv, newsletter, rejects, dryRun);
	}

	private void work(String id, Supplier<Step> step) {
		this.worker.execute(() -> {
			Step next = outcome(step);
			this.uploads.computeIfPresent(id, (key, upload) -> upload.at(next));
		});
	}

	private Step outcome(Supplier<Step> step) {
		try {
			return step.get();
		}
		catch (Problem ex) {
			return new Step.Failed(ex);
		}
		catch (RuntimeException ex) {
			logger.error("A CSV file can't be imported", ex);
			return new Step.Broken();
		}
	}

	private void forgetOld() {
		Instant oldest = this.clock.instant().minus(KEPT);
		this.uploads.values().removeIf((upload) -> {
			boolean old = upload.at().isBefore(oldest) && !upload.step().busy();
			if (old) {
				delete(upload.folder());
			}
			return old;
		});
	}

	private static void delete(Path folder) {
		try {
			FileSystemUtils.deleteRecursively(folder);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** What runs is finished: half an import is worse than a slow stop. */
	@Override
	public void destroy() {
		this.worker.shutdown();
		try {
			if (!this.worker.awaitTermination(20, TimeUnit.SECONDS)) {
				logger.warn("A CSV import still runs while the server stops");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.uploads.values().forEach((upload) -> delete(upload.folder()));
	}

	/**
	 * @param at when it was uploaded
	 */
	record Upload(int newsletterId, Path folder, Instant at, Step step) {

		Upload at(Step next) {
			return new Upload(this.newsletterId, this.folder, this.at, next);
		}

		Path csv() {
			return this.folder.resolve("subscribers.csv");
		}

		/** Where the import writes the rows it did not take. */
		Path rejects() {
			return this.folder.resolve("rejects.csv");
		}

	}

	/** How far an upload is. */
	sealed interface Step {

		record Checking() implements Step {
		}

		record Checked(ImportResult result) implements Step {
		}

		record Importing() implements Step {
		}

		record Imported(ImportResult result) implements Step {
		}

		record Failed(Problem problem) implements Step {
		}

		/** By a fault of Herald. */
		record Broken() implements Step {
		}

		default boolean busy() {
			return this instanceof Checking || this instanceof Importing;
		}

	}

}
