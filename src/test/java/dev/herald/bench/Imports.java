package dev.herald.bench;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

import org.opentest4j.TestAbortedException;

/**
 * How long an import takes, and how long the database alone takes for the same rows of
 * the same tables.
 */
final class Imports {

	private static final double MOST = 3;

	private final Bench bench;

	Imports(Bench bench) {
		this.bench = bench;
	}

	void measure() throws IOException, InterruptedException {
		Path list = list(this.bench.options().importRows);
		for (BenchDatabase.Kind kind : this.bench.options().importsOn) {
			try {
				on(kind, list);
			}
			catch (TestAbortedException ex) {
				this.bench.figures().remark("imports on %s: skipped, %s".formatted(kind, ex.getMessage()));
			}
		}
	}

	private Path list(int rows) throws IOException {
		Path list = this.bench.folder().resolve("readers.csv");
		try (Writer writer = Files.newBufferedWriter(list)) {
			writer.write("email,name\n");
			for (int i = 1; i <= rows; i++) {
				writer.write(ImportingProcess.address(i) + "," + ImportingProcess.name(i) + "\n");
			}
		}
		return list;
	}

	private void on(BenchDatabase.Kind kind, Path list) throws IOException, InterruptedException {
		int rows = this.bench.options().importRows;
		boolean h2 = kind == BenchDatabase.Kind.H2;
		Map<String, Long> ours = run("import", BenchDatabase.create(kind, this.bench.folder()), list);
		Map<String, Long> bare = run(h2 ? "batch" : "load", BenchDatabase.create(kind, this.bench.folder()), list);
		double ratio = (double) figure(ours, "import") / figure(bare, "bare");
		this.bench.figures()
			.row("import of %,d rows, %s, -Xmx%s".formatted(rows, kind, this.bench.options().heap),
					"%.1f s, %,.0f rows/s".formatted(figure(ours, "import") / 1e3, rows * 1e3 / figure(ours, "import")),
					"%s %.1f s".formatted(h2 ? "JDBC batch" : "LOAD DATA", figure(bare, "bare") / 1e3),
					Figures.verdict(ratio < MOST, "under 3 times, %.2f".formatted(ratio)));
		this.bench.figures()
			.row("dry run of the same list, " + kind, "%.1f s".formatted(figure(ours, "check") / 1e3), "", "");
		this.bench.figures()
			.row("the same list again, nothing new, " + kind, "%.1f s".formatted(figure(ours, "again") / 1e3), "", "");
		this.bench.figures()
			.row("export of %,d rows, %s".formatted(rows, kind),
					"CSV %.1f s, JSON Lines %.1f s".formatted(figure(ours, "csv") / 1e3, figure(ours, "json") / 1e3),
					"most live heap %,d KiB".formatted(figure(ours, "heap")), "");
	}

	private Map<String, Long> run(String mode, BenchDatabase database, Path list)
			throws IOException, InterruptedException {
		return Child.run(this.bench, ImportingProcess.class, mode, database.url(), list.toString(),
				Integer.toString(this.bench.options().importRows));
	}

	private static long figure(Map<String, Long> figures, String name) {
		return Objects.requireNonNull(figures.get(name), name);
	}

}
