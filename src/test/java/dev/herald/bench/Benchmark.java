package dev.herald.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;

import dev.herald.bench.Options.Part;
import dev.herald.issue.Issue;
import dev.herald.newsletter.Newsletter;
import dev.herald.render.CompiledIssue;
import dev.herald.testing.TestHerald;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.opentest4j.TestAbortedException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import org.springframework.util.FileSystemUtils;

/** Measures Herald against other senders in one run; docs/performance.md says how. */
@Command(name = "benchmark", mixinStandardHelpOptions = true, sortOptions = false,
		description = "Measures Herald against smtp-source and nodemailer on a sink of its own, on loopback.")
final class Benchmark implements Callable<Integer> {

	@Mixin
	private final Options options = new Options();

	private final Figures figures = new Figures();

	public static void main(String[] args) {
		// One decimal point in what is pasted into Markdown.
		Locale.setDefault(Locale.ROOT);
		System.exit(new CommandLine(new Benchmark()).setCaseInsensitiveEnumValuesAllowed(true).execute(args));
	}

	@Override
	public Integer call() throws IOException, InterruptedException, RunnerException {
		Path folder = Files.createTempDirectory("herald-bench-");
		try (Sink sink = Sink.start()) {
			Bench bench = prepare(folder, sink);
			compare(bench);
			Ledgers ledgers = new Ledgers(bench);
			measure(Part.FREEZE, () -> ledgers.freeze(BenchDatabase.Kind.H2));
			measure(Part.FREEZE, () -> ledgers.freeze(BenchDatabase.Kind.MYSQL));
			measure(Part.SIZES, ledgers::sizes);
			measure(Part.SPLICE, () -> splice(folder));
			measure(Part.REPORTS, () -> new ReportPages(bench).measure());
			measure(Part.IMPORTS, () -> new Imports(bench).measure());
			measure(Part.LISTS, () -> new Lists(bench).measure());
		}
		finally {
			FileSystemUtils.deleteRecursively(folder);
		}
		this.figures.print();
		return 0;
	}

	private Bench prepare(Path folder, Sink sink) throws IOException {
		SampleIssue issue = SampleIssue.find();
		Path message = folder.resolve("message.eml");
		try (TestHerald herald = TestHerald.on("jdbc:h2:mem:sample;MODE=MySQL;DB_CLOSE_DELAY=-1")) {
			Newsletter newsletter = herald.newsletter("sample", 1);
			Issue imported = issue.importInto(herald, newsletter, "sample");
			CompiledIssue compiled = SampleIssue.compile(herald, newsletter, imported);
			var recipient = SampleIssue.recipient(imported);
			Files.write(message, compiled.message(recipient).content());
			Files.writeString(folder.resolve("issue.html"), compiled.html(recipient));
			Files.writeString(folder.resolve("issue.txt"), compiled.text(recipient));
		}
		this.figures.remark("%s, Java %s, %d processors; sink: %s".formatted(System.getProperty("os.name"),
				Runtime.version(), Runtime.getRuntime().availableProcessors(), sink.name()));
		this.figures.remark("Message: %s, %,d bytes; %,d recipients a send, %d connections, -Xmx%s, %d pairs in turn"
			.formatted(issue.name(), Files.size(message), this.options.recipients, this.options.connections,
					this.options.heap, this.options.pairs));
		return new Bench(this.options, this.figures, folder, sink, issue, message);
	}

	private void compare(Bench bench) throws IOException, InterruptedException, RunnerException {
		Comparison comparison = new Comparison(bench);
		measure(Part.H2, () -> comparison.on(BenchDatabase.Kind.H2));
		measure(Part.MYSQL, () -> comparison.on(BenchDatabase.Kind.MYSQL));
		measure(Part.DKIM, comparison::signing);
		measure(Part.NODEMAILER, comparison::nodemailer);
	}

	private void splice(Path folder) throws RunnerException {
		var results = new Runner(new OptionsBuilder().include(SpliceBenchmark.class.getName())
			.output(folder.resolve("jmh.txt").toString())
			.build()).run();
		results.forEach((result) -> this.figures.row(
				"splice, JMH: " + result.getPrimaryResult().getLabel(), "%,.0f +- %,.0f messages/s, one thread"
					.formatted(result.getPrimaryResult().getScore(), result.getPrimaryResult().getScoreError()),
				"", ""));
	}

	/** A part that lacks something it needs says so, and the others go on. */
	private void measure(Part part, Measurement measurement) throws IOException, InterruptedException, RunnerException {
		if (!this.options.asks(part)) {
			return;
		}
		System.err.println("Measuring " + part.name().toLowerCase(Locale.ROOT) + " …");
		try {
			measurement.take();
		}
		catch (TestAbortedException ex) {
			this.figures.remark(part.name().toLowerCase(Locale.ROOT) + ": skipped, " + ex.getMessage());
		}
	}

	private interface Measurement {

		void take() throws IOException, InterruptedException, RunnerException;

	}

}
