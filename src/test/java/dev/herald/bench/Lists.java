package dev.herald.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import org.opentest4j.TestAbortedException;

/**
 * What is done with a large list as a whole: counts of segments, exports, a backup, and
 * the restore of that backup into another database, held against the first.
 */
final class Lists {

	/** For a count that follows what is typed. */
	private static final long MOST_MILLIS = 1000;

	/** In these a restore writes that it happened. */
	private static final Set<String> OF_THE_RESTORE = Set.of("backup.json", "contents.json", "tables/send.jsonl",
			"tables/notice.jsonl", "tables/audit_entry.jsonl", "tables/audit_field.jsonl");

	private final Bench bench;

	Lists(Bench bench) {
		this.bench = bench;
	}

	void measure() throws IOException, InterruptedException {
		for (BenchDatabase.Kind kind : this.bench.options().listsOn) {
			try {
				on(kind);
			}
			catch (TestAbortedException ex) {
				this.bench.figures().remark("lists on %s: skipped, %s".formatted(kind, ex.getMessage()));
			}
		}
	}

	private void on(BenchDatabase.Kind kind) throws IOException, InterruptedException {
		Path folder = Files.createTempDirectory(this.bench.folder(), "lists-");
		Map<String, Long> kept = run("keep", kind, folder);
		Map<String, Long> restored = run("restore", kind, folder);
		segments(kind, kept);
		Figures figures = this.bench.figures();
		figures.row("export, " + kind,
				"CSV %.1f s, JSON Lines %.1f s".formatted(figure(kept, "csv") / 1e3, figure(kept, "json") / 1e3),
				"%,d and %,d KiB".formatted(figure(kept, "csvSize"), figure(kept, "jsonSize")), "");
		figures.row("backup of %,d rows, %s".formatted(figure(kept, "backupRows"), kind),
				"%.1f s".formatted(figure(kept, "backup") / 1e3), "file %,d KiB; old generation at most %,d KiB"
					.formatted(figure(kept, "backupSize"), figure(kept, "backupHeap")),
				"");
		figures.row("its restore, " + kind, "%.1f s".formatted(figure(restored, "restore") / 1e3),
				"old generation at most %,d KiB".formatted(figure(restored, "restoreHeap")),
				Figures.verdict(entries(folder, "first.zip").equals(entries(folder, "second.zip")),
						"a backup of it has the same tables"));
	}

	private void segments(BenchDatabase.Kind kind, Map<String, Long> kept) {
		int number = 0;
		for (String name : ListProcess.TREES.keySet()) {
			number++;
			long millis = figure(kept, "segment" + number);
			this.bench.figures()
				.row("segment: %s, %s".formatted(name, kind),
						"%,d ms, the first time %,d ms".formatted(millis, figure(kept, "segment" + number + "first")),
						"%,d subscribers in it".formatted(figure(kept, "found" + number)),
						Figures.verdict(millis < MOST_MILLIS, "under a second"));
		}
	}

	private Map<String, Long> run(String mode, BenchDatabase.Kind kind, Path folder)
			throws IOException, InterruptedException {
		return Child.run(this.bench, ListProcess.class, mode, BenchDatabase.create(kind, this.bench.folder()).url(),
				kind.name(), folder.toString(), Integer.toString(this.bench.options().listRows));
	}

	/** Length and CRC-32 of each table's rows. */
	private static Map<String, String> entries(Path folder, String name) throws IOException {
		Map<String, String> entries = new TreeMap<>();
		try (ZipFile zip = new ZipFile(folder.resolve(name).toFile())) {
			for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
				if (!OF_THE_RESTORE.contains(entry.getName())) {
					entries.put(entry.getName(), entry.getSize() + " " + entry.getCrc());
				}
			}
		}
		return entries;
	}

	private static long figure(Map<String, Long> figures, String name) {
		return Objects.requireNonNull(figures.get(name), name);
	}

}
