package dev.herald.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.security.concurrent.DelegatingSecurityContextExecutorService;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;

import dev.herald.newsletter.Newsletter;
import dev.herald.problem.Problem;
import dev.herald.schema.DatabaseThread;
import dev.herald.settings.Installation;
import dev.herald.subscriber.ImportPlan;
import dev.herald.subscriber.ImportProgress;
import dev.herald.subscriber.ImportResult;
import dev.herald.subscriber.ImportSettings;
import dev.herald.subscriber.ListLook;
import dev.herald.subscriber.SubscriberImport;

/**
 * Lists between their upload and their import: first read without changing anything,
 * then, when somebody has seen what that found, imported. Works in the background, one
 * list after the other. The files outlive the server, so that an import which it broke
 * off is gone on with after the next start. Thread-safe.
 */
@Component
class ListUploads implements DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(ListUploads.class);

	private static final Duration TIDY_EVERY = Duration.ofMinutes(10);

	private final SubscriberImport imports;

	private final UploadFolders folders;

	private final ImportSettings settings;

	private final Clock clock;

	private final Words words;

	private final Map<String, Upload> uploads = new ConcurrentHashMap<>();

	/** Who confirmed an import is who imports, for the audit log. */
	private final ExecutorService worker = new DelegatingSecurityContextExecutorService(
			Executors.newSingleThreadExecutor((task) -> new Thread(task, "list-import")));

	private final ScheduledExecutorService tidier = DatabaseThread.named("import-tidy");

	ListUploads(SubscriberImport imports, Installation installation, ImportSettings settings, Words words,
			Clock clock) {
		this.imports = imports;
		this.folders = new UploadFolders(installation.dataDir().resolve("imports"));
		this.settings = settings;
		this.words = words;
		this.clock = clock;
		DatabaseThread.repeat(this.tidier, this::forgetOldQuietly, TIDY_EVERY);
	}

	/**
	 * Keeps the file and begins to check it.
	 * @throws Problem when too many files are kept
	 */
	synchronized String accept(Newsletter newsletter, MultipartFile file) throws IOException {
		forgetOld();
		if (this.folders.isFull()) {
			throw Problem.work(this.words.say("import.busy"));
		}
		String name = Optional.ofNullable(file.getOriginalFilename()).orElse("");
		String id = this.folders.create(newsletter.id(), name, this.clock.instant(), file);
		check(id, newsletter, ListChoice.AS_FOUND);
		return id;
	}

	/** Checks a list again, read in another way; does nothing while it is read. */
	synchronized void check(String id, Newsletter newsletter, ListChoice choice) {
		Upload upload = load(id, newsletter);
		if (upload.step().busy() || this.folders.isBegun(id)) {
			return;
		}
		this.folders.choose(id, choice);
		ImportProgress progress = new ImportProgress();
		this.uploads.put(id, new Upload(id, newsletter.id(), new Step.Checking(progress)));
		work(id, false, () -> {
			ImportPlan plan = plan(id, newsletter);
			return this.imports.check(plan, progress).<Step>map(Step.Checked::new).orElse(new Step.Stopped(false));
		});
	}

	/**
	 * Imports a list that was checked, or goes on with an import that was broken off;
	 * does nothing when that was asked for already.
	 */
	synchronized void confirm(String id, Newsletter newsletter) {
		Upload upload = require(id, newsletter);
		if (!upload.step().mayImport()) {
			return;
		}
		this.folders.begin(id);
		ImportProgress progress = new ImportProgress();
		this.uploads.put(id, new Upload(id, newsletter.id(), new Step.Importing(progress)));
		work(id, true, () -> {
			Optional<ImportResult> result = this.imports.run(plan(id, newsletter), progress);
			result.ifPresent((done) -> this.folders.end(id));
			return result.<Step>map(Step.Imported::new).orElse(new Step.Stopped(true));
		});
	}

	/** Ends what is under way, between two chunks. */
	void stop(String id, Newsletter newsletter) {
		require(id, newsletter).step().stop();
	}

	/**
	 * What was not loaded since the start of the server is looked at again first.
	 */
	synchronized Upload require(String id, Newsletter newsletter) {
		Upload upload = load(id, newsletter);
		if (upload.step() instanceof Step.Waiting) {
			check(id, newsletter, this.folders.choice(id));
			return load(id, newsletter);
		}
		return upload;
	}

	private Upload load(String id, Newsletter newsletter) {
		Upload known = this.uploads.get(id);
		if (known == null && this.folders.newsletter(id).isPresent()) {
			Step step = this.folders.isEnded(id) ? new Step.Over()
					: this.folders.isBegun(id) ? new Step.Stopped(true) : new Step.Waiting();
			known = new Upload(id, this.folders.newsletter(id).get(), step);
			this.uploads.put(id, known);
		}
		return Optional.ofNullable(known)
			.filter((upload) -> upload.newsletterId() == newsletter.id())
			.orElseThrow(() -> Problem.usage(this.words.say("import.gone")));
	}

	Path rejects(String id) {
		return this.folders.rejects(id);
	}

	ListChoice choice(String id) {
		return this.folders.choice(id);
	}

	/**
	 * What is in the list, as somebody wants it to be read.
	 * @throws Problem when it can't be read so
	 */
	ListLook look(String id) {
		ListChoice choice = this.folders.choice(id);
		return this.imports.look(this.folders.list(id), this.folders.fileName(id), choice.charset(), choice.separator(),
				choice.preset());
	}

	String fileName(String id) {
		return this.folders.fileName(id);
	}

	private ImportPlan plan(String id, Newsletter newsletter) {
		ListChoice choice = this.folders.choice(id);
		ListLook look = look(id);
		return this.imports.plan(this.folders.list(id), newsletter, this.folders.rejects(id), look,
				choice.mapping(look), choice.everyone(look));
	}

	private void work(String id, boolean importing, Supplier<Step> step) {
		this.worker.execute(() -> {
			Step next = outcome(importing, step);
			this.uploads.computeIfPresent(id, (key, upload) -> new Upload(id, upload.newsletterId(), next));
		});
	}

	private Step outcome(boolean importing, Supplier<Step> step) {
		try {
			return step.get();
		}
		catch (Problem ex) {
			return new Step.Failed(ex, importing);
		}
		catch (RuntimeException ex) {
			logger.error("A list can't be imported", ex);
			return new Step.Broken(importing);
		}
	}

	private void forgetOldQuietly() {
		try {
			forgetOld();
		}
		catch (UncheckedIOException ex) {
			logger.warn("Uploaded lists can't be deleted: {}", ex.toString());
		}
	}

	synchronized void forgetOld() {
		List<String> old = this.folders.before(this.clock.instant().minus(this.settings.keep()));
		old.stream()
			.filter((id) -> this.uploads.get(id) == null || !this.uploads.get(id).step().busy())
			.forEach((id) -> {
				this.uploads.remove(id);
				this.folders.delete(id);
			});
	}

	/** What runs ends between two chunks, and goes on after the next start. */
	@Override
	public void destroy() {
		DatabaseThread.end(this.tidier);
		this.uploads.values().forEach((upload) -> upload.step().stop());
		this.worker.shutdown();
		try {
			if (!this.worker.awaitTermination(20, TimeUnit.SECONDS)) {
				logger.warn("An import still runs while the server stops");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	record Upload(String id, int newsletterId, Step step) {
	}

	/** How far an upload is. */
	sealed interface Step {

		/** Not looked at since the server started. */
		record Waiting() implements Step {
		}

		record Checking(ImportProgress progress) implements Step {
		}

		record Checked(ImportResult result) implements Step {
		}

		record Importing(ImportProgress progress) implements Step {
		}

		record Imported(ImportResult result) implements Step {
		}

		/** Imported before the server started; the audit log has the figures. */
		record Over() implements Step {
		}

		/**
		 * By a person or the end of a server.
		 *
		 * @param importing whether some of it is imported
		 */
		record Stopped(boolean importing) implements Step {
		}

		record Failed(Problem problem, boolean importing) implements Step {
		}

		/** By a fault of Herald. */
		record Broken(boolean importing) implements Step {
		}

		default boolean busy() {
			return this instanceof Checking || this instanceof Importing;
		}

		/** Whether an import may begin, or go on. */
		default boolean mayImport() {
			return this instanceof Checked || (this instanceof Stopped stopped && stopped.importing())
					|| (this instanceof Failed failed && failed.importing())
					|| (this instanceof Broken broken && broken.importing());
		}

		default void stop() {
			if (this instanceof Checking checking) {
				checking.progress().stop();
			}
			else if (this instanceof Importing importing) {
				importing.progress().stop();
			}
		}

	}

}
