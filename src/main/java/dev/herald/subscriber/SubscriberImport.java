package dev.herald.subscriber;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;

import dev.herald.audit.Action;
import dev.herald.audit.Change;
import dev.herald.digest.Sha256;
import dev.herald.newsletter.Newsletter;
import dev.herald.problem.KeptFailure;
import dev.herald.problem.Problem;
import dev.herald.schema.Utc;
import dev.herald.subscriber.ListRows.Numbered;
import org.jspecify.annotations.Nullable;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.interceptor.DefaultTransactionAttribute;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings lists of subscribers in: CSV of any common dialect or JSON Lines, by a job of
 * Spring Batch. Good rows go in, bad rows go to a file with reasons. Memory does not grow
 * with the list, but for 32 bytes an address. Thread-safe.
 */
@Service
public class SubscriberImport {

	private static final String REJECTED = "rejected";

	private final SubscriptionBatch batch;

	private final TransactionTemplate transactions;

	private final PlatformTransactionManager transactionManager;

	private final ObjectProvider<ImportJob> job;

	private final ImportSettings settings;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	SubscriberImport(JdbcClient jdbc, JdbcOperations operations, PlatformTransactionManager transactionManager,
			ObjectProvider<ImportJob> job, ImportSettings settings, ApplicationEventPublisher events, Clock clock) {
		this.batch = new SubscriptionBatch(jdbc, operations, transactionManager);
		this.transactions = new TransactionTemplate(transactionManager);
		this.transactionManager = transactionManager;
		this.job = job;
		this.settings = settings;
		this.events = events;
		this.clock = clock;
	}

	/** LIST.rejects.csv beside LIST.csv. */
	public static Path rejectsBeside(Path list) {
		String name = String.valueOf(list.getFileName()).replaceAll("(?i)\\.(csv|tsv|txt|jsonl|ndjson)$", "");
		return list.resolveSibling(name + ".rejects.csv");
	}

	/**
	 * What a list holds, as far as can be seen from outside.
	 * @param fileName as its owner calls it
	 * @param charset null to find it; likewise separator and preset
	 * @throws Problem when it can't be read or is empty
	 */
	public ListLook look(Path list, String fileName, @Nullable Charset charset, @Nullable Character separator,
			@Nullable Preset preset) {
		ListFile file = ListFile.open(list, charset, separator);
		Preset known = (preset != null) ? preset : Preset.of(file.header());
		return new ListLook(file.dialect(), known, file.header(), file.sample(), known.mapping(file.header()),
				known.everyone(fileName));
	}

	/**
	 * The import of a list as Herald finds it.
	 * @throws Problem as {@link #look}
	 */
	public ImportPlan plan(Path list, Newsletter newsletter, Path rejects) {
		String name = String.valueOf(list.getFileName());
		ListLook look = look(list, name, null, null, null);
		return plan(list, newsletter, rejects, look, look.mapping(), look.everyone());
	}

	/**
	 * The import of a list as a person wants it.
	 */
	public ImportPlan plan(Path list, Newsletter newsletter, Path rejects, ListLook look, Mapping mapping,
			Everyone everyone) {
		String source = look.preset().title().isEmpty() ? String.valueOf(list.getFileName()) : look.preset().title();
		return new ImportPlan(id(list, newsletter, look.dialect(), mapping, everyone), newsletter, list, rejects,
				look.dialect(), mapping, everyone, source);
	}

	/**
	 * The same list, read alike, for the same newsletter is the same import: broken off
	 * anywhere, it goes on from there.
	 */
	private static String id(Path list, Newsletter newsletter, Dialect dialect, Mapping mapping, Everyone everyone) {
		try {
			MessageDigest digest = Sha256.begin();
			digest.update("%d %s %s %s".formatted(newsletter.id(), dialect, mapping, everyone)
				.getBytes(StandardCharsets.UTF_8));
			try (InputStream in = Files.newInputStream(list)) {
				byte[] buffer = new byte[1 << 16];
				for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
					digest.update(buffer, 0, read);
				}
			}
			return HexFormat.of().formatHex(digest.digest(), 0, 16);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * A list as Herald finds it, all of it, unwatched.
	 * @param dryRun counts and reports, and changes nothing
	 * @throws Problem as {@link #check} and {@link #run(ImportPlan, ImportProgress)}
	 */
	public ImportResult run(Path list, Newsletter newsletter, Path rejects, boolean dryRun) {
		requireOther(list, rejects);
		ImportPlan plan = plan(list, newsletter, rejects);
		ImportProgress progress = new ImportProgress();
		return (dryRun ? check(plan, progress) : run(plan, progress)).orElseThrow();
	}

	/**
	 * What the import would do, to the row, as long as nobody changes anything meanwhile.
	 * Changes nothing and writes no file.
	 * @return empty where it was stopped
	 * @throws Problem when the list can't be read or has no column for the address
	 */
	public Optional<ImportResult> check(ImportPlan plan, ImportProgress progress) {
		ListFile list = open(plan);
		ImportCheck check = new ImportCheck();
		ImportWriter writer = new ImportWriter((rows) -> this.batch.look(plan.newsletter().id(), rows));
		progress.begin(true, size(plan.file()));
		try (ReadAhead rows = new ReadAhead(rows(plan, list, progress), 0)) {
			check.dryRun(rows, writer, this.settings.chunkSize(), progress);
		}
		catch (JobInterruptedException ex) {
			return Optional.empty();
		}
		return Optional.of(ImportResult.of(writer.counts(), check.rejected(), check.firstRejections(),
				plan.mapping().ignored(list.header())));
	}

	/**
	 * The whole list is checked before the first row goes in; then rows go in by chunks,
	 * and after a stop or a crash the same import goes on where it was. Who has
	 * unsubscribed here stays so; an address that is suppressed is subscribed and stays
	 * suppressed. Names of subscribers that are there already stay as they are; zones and
	 * attributes are taken over.
	 * @return empty where it was stopped: it goes on when it is run again
	 * @throws Problem when the list can't be read or has no column for the address, or
	 * the rejects can't be written: then nothing was imported
	 */
	public Optional<ImportResult> run(ImportPlan plan, ImportProgress progress) {
		requireOther(plan.file(), plan.rejects());
		ListFile list = open(plan);
		ImportJob runner = this.job.getObject();
		ImportCheck check = new ImportCheck();
		record(Change.of(Action.IMPORT_STARTED, plan.newsletter().key()).with("source", plan.source()));
		JobExecution execution = runner.run(plan.id(), job(plan, list, check, progress, runner.repository()));
		if (execution.getStatus() != BatchStatus.COMPLETED) {
			return Optional.empty();
		}
		ImportResult result = result(plan, list, check, execution);
		record(Change.of(Action.SUBSCRIBERS_IMPORTED, plan.newsletter().key())
			.with("source", plan.source())
			.with("added", result.added())
			.with("pending", result.pending())
			.with("unsubscribed", result.unsubscribed() + result.ended())
			.with("suppressed", result.suppressed())
			.with("unchanged", result.unchanged())
			.with("keptUnsubscribed", result.keptUnsubscribed())
			.with("rejected", result.rejected()));
		return Optional.of(result);
	}

	/** Rows go in by chunks: what began and never ended in the log was broken off. */
	private void record(Change change) {
		this.transactions.executeWithoutResult((status) -> this.events.publishEvent(change));
	}

	private Job job(ImportPlan plan, ListFile list, ImportCheck check, ImportProgress progress,
			JobRepository repository) {
		return new JobBuilder(ImportJob.NAME, repository).listener(new KeptFailure(repository))
			.start(checkStep(plan, list, check, progress, repository))
			.next(subscribeStep(plan, list, progress, repository))
			.build();
	}

	private Step checkStep(ImportPlan plan, ListFile list, ImportCheck check, ImportProgress progress,
			JobRepository repository) {
		return new StepBuilder("check", repository).tasklet((contribution, context) -> {
			progress.begin(true, size(plan.file()));
			try (ListRows rows = rows(plan, list, progress);
					RejectsFile rejects = new RejectsFile(plan.rejects(), list.header())) {
				check.run(rows, rejects, progress);
			}
			// Of the job, since a restart leaves this step out.
			contribution.getStepExecution().getJobExecution().getExecutionContext().putInt(REJECTED, check.rejected());
			return RepeatStatus.FINISHED;
		}).build();
	}

	private Step subscribeStep(ImportPlan plan, ListFile list, ImportProgress progress, JobRepository repository) {
		LocalDateTime now = Utc.of(this.clock.instant());
		ImportRows reader = new ImportRows(() -> {
			progress.begin(false, size(plan.file()));
			return rows(plan, list, progress);
		});
		ImportWriter writer = new ImportWriter((rows) -> this.batch.subscribe(plan.newsletter().id(), rows, now));
		DefaultTransactionAttribute attribute = new DefaultTransactionAttribute();
		attribute.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
		// Position and sums are kept in the transaction that writes the rows: a crash
		// leaves both or neither.
		return new StepBuilder("subscribe", repository).<Numbered, Numbered>chunk(this.settings.chunkSize())
			.transactionManager(this.transactionManager)
			.transactionAttribute(attribute)
			.reader(reader)
			.writer(writer)
			.interruptionPolicy((step) -> {
				if (progress.stopped()) {
					step.setTerminateOnly();
				}
				ImportCheck.stopIfAsked(progress);
			})
			.build();
	}

	private static ImportResult result(ImportPlan plan, ListFile list, ImportCheck check, JobExecution execution) {
		ExecutionContext step = execution.getStepExecutions()
			.stream()
			.filter((each) -> each.getExecutionContext().containsKey(ImportWriter.COUNTS))
			.findFirst()
			.map(StepExecution::getExecutionContext)
			.orElseThrow();
		return ImportResult.of(ImportCounts.parse(Objects.requireNonNull(step.getString(ImportWriter.COUNTS))),
				execution.getExecutionContext().getInt(REJECTED, 0), check.firstRejections(),
				plan.mapping().ignored(list.header()));
	}

	private static ListFile open(ImportPlan plan) {
		ListFile list = ListFile.open(plan.file(), plan.dialect().charset(), plan.dialect().separator());
		plan.mapping().require(list);
		return list;
	}

	private static ListRows rows(ImportPlan plan, ListFile list, ImportProgress progress) {
		return new ListRows(list, new RowReader(list, plan.mapping(), plan.everyone(), plan.source()), progress);
	}

	private static long size(Path file) {
		return file.toFile().length();
	}

	private static void requireOther(Path list, Path rejects) {
		if (isSame(list, rejects)) {
			throw Problem.usage("The rejected rows can't be written over the file they come from, %s.".formatted(list));
		}
	}

	private static boolean isSame(Path list, Path rejects) {
		try {
			return list.toAbsolutePath().normalize().equals(rejects.toAbsolutePath().normalize())
					|| (Files.exists(list) && Files.exists(rejects) && Files.isSameFile(list, rejects));
		}
		catch (IOException ex) {
			return false;
		}
	}

}
