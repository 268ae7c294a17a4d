package dev.herald.bench;

import java.io.IOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

import dev.herald.backup.Backup;
import dev.herald.backup.BackupFile;
import dev.herald.backup.BackupProgress;
import dev.herald.backup.Restore;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.Newsletters;
import dev.herald.newsletter.TrackingMode;
import dev.herald.schema.Utc;
import dev.herald.segment.SegmentCounts;
import dev.herald.segment.TreeJson;
import dev.herald.subscriber.SubscriberExport;
import dev.herald.testing.TestHerald;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The process that counts segments of a large list, exports it, and writes and restores
 * its backup. Arguments: keep or restore, the database's URL, the kind of database, the
 * folder, the subscribers.
 */
final class ListProcess {

	private static final int TIMES = 3;

	/** As people ask, the dearest last; names stand in the table. */
	static final Map<String, String> TREES = trees();

	private ListProcess() {
	}

	private static Map<String, String> trees() {
		Map<String, String> trees = new LinkedHashMap<>();
		trees.put("an attribute of one in ten",
				all("{'field':'attribute','name':'city','test':'is','value':'Berlin'}"));
		trees.put("subscribed within 30 days", all("{'field':'subscribed','test':'within','value':30}"));
		trees.put("nothing read for 90 days", all("{'field':'engaged','test':'not-within','value':90}"));
		trees.put("a language", all("{'field':'language','test':'is','value':['zh']}"));
		trees.put("a provider", all("{'field':'provider','test':'is','value':['gmail']}"));
		trees.put("four conditions in two groups",
				all("{'any':[{'field':'attribute','name':'city','test':'begins-with','value':'ber'},"
						+ "{'field':'attribute','name':'orders','test':'at-least','value':5}]},"
						+ "{'field':'subscribed','test':'not-within','value':30},"
						+ "{'none':[{'field':'engaged','test':'not-within','value':90}]}"));
		return trees;
	}

	private static String all(String conditions) {
		return "{'all':[%s]}".formatted(conditions).replace('\'', '"');
	}

	public static void main(String[] args) throws IOException {
		Path folder = Path.of(args[3]);
		try (TestHerald herald = TestHerald.on(args[1])) {
			switch (args[0]) {
				case "keep" -> keep(herald, new BenchDatabase(BenchDatabase.Kind.valueOf(args[2]), args[1]), folder,
						Integer.parseInt(args[4]));
				case "restore" -> restore(herald, folder);
				default -> throw new IllegalArgumentException(args[0]);
			}
		}
	}

	private static void keep(TestHerald herald, BenchDatabase database, Path folder, int size) throws IOException {
		Newsletter newsletter = database.audience(herald, size);
		colour(BenchDatabase.jdbc(herald), newsletter.id(), database.kind());
		count(herald, newsletter);
		export(herald, newsletter, folder);
		backUp(herald, folder.resolve("first.zip"), "backup");
	}

	/** What segments ask for, in everybody's row. */
	private static void colour(JdbcClient jdbc, int newsletterId, BenchDatabase.Kind kind) {
		Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
		jdbc.sql("UPDATE newsletter SET tracking = ? WHERE id = ?")
			.params(TrackingMode.PERSONS.name(), newsletterId)
			.update();
		jdbc.sql("""
				UPDATE subscriber SET language = CASE MOD(id, 8) WHEN 0 THEN 'zh-CN' WHEN 1 THEN 'de' ELSE '' END,
				last_engaged_at = CASE WHEN MOD(id, 3) = 0 THEN NULL WHEN MOD(id, 3) = 1 THEN :lately ELSE :before END
				""")
			.param("lately", Utc.of(now.minus(5, ChronoUnit.DAYS)))
			.param("before", Utc.of(now.minus(200, ChronoUnit.DAYS)))
			.update();
		jdbc.sql("""
				UPDATE subscription SET tracked = CASE WHEN MOD(subscriber_id, 2) = 0 THEN 1 ELSE 0 END,
				changed_at = CASE WHEN MOD(subscriber_id, 20) = 0 THEN :lately ELSE :before END
				""")
			.param("lately", Utc.of(now.minus(5, ChronoUnit.DAYS)))
			.param("before", Utc.of(now.minus(400, ChronoUnit.DAYS)))
			.update();
		jdbc.sql("""
				INSERT INTO subscriber_attribute (subscriber_id, name, text, folded)
				SELECT id, 'city', CASE MOD(id, 10) WHEN 0 THEN 'Berlin' ELSE CONCAT('Town ', MOD(id, 997)) END,
				CASE MOD(id, 10) WHEN 0 THEN 'berlin' ELSE CONCAT('town ', MOD(id, 997)) END FROM subscriber
				""").update();
		jdbc.sql(
				"""
						INSERT INTO subscriber_attribute (subscriber_id, name, text, folded, number)
						SELECT id, 'orders', CONCAT('', MOD(id, 11)), CONCAT('', MOD(id, 11)), MOD(id, 11) FROM subscriber WHERE MOD(id, 2) = 0
						""")
			.update();
		jdbc.sql("""
				INSERT INTO consent (newsletter_id, subscriber_id, state, source, happened_at)
				SELECT newsletter_id, subscriber_id, state, 'IMPORT', changed_at FROM subscription
				""").update();
		jdbc.sql("INSERT INTO mail_domain (name, provider) VALUES ('lists7.example', 1)").update();
		if (kind == BenchDatabase.Kind.MYSQL) {
			jdbc.sql("ANALYZE TABLE subscriber, subscription, subscriber_attribute").query().listOfRows();
		}
	}

	private static void count(TestHerald herald, Newsletter given) {
		Newsletter newsletter = herald.get(Newsletters.class).byId(given.id());
		SegmentCounts counts = herald.get(SegmentCounts.class);
		int number = 0;
		for (String json : TREES.values()) {
			number++;
			for (int i = 0; i < TIMES; i++) {
				long begun = System.nanoTime();
				int found = counts.count(newsletter, TreeJson.read(json)).orElse(-1);
				SendingProcess.figure("segment" + number + (i == 0 ? "first" : ""),
						SendingProcess.millis(System.nanoTime() - begun));
				SendingProcess.figure("found" + number, found);
			}
		}
	}

	private static void export(TestHerald herald, Newsletter newsletter, Path folder) throws IOException {
		SubscriberExport export = herald.get(SubscriberExport.class);
		long begun = System.nanoTime();
		try (Writer writer = Files.newBufferedWriter(folder.resolve("export.csv"))) {
			export.run(newsletter, null, writer);
		}
		tell("csv", begun);
		begun = System.nanoTime();
		try (Writer writer = Files.newBufferedWriter(folder.resolve("export.jsonl"))) {
			export.runJson(newsletter, null, writer);
		}
		tell("json", begun);
		SendingProcess.figure("csvSize", Files.size(folder.resolve("export.csv")) / 1024);
		SendingProcess.figure("jsonSize", Files.size(folder.resolve("export.jsonl")) / 1024);
	}

	private static void backUp(TestHerald herald, Path file, String name) throws IOException {
		forgetPeak();
		long begun = System.nanoTime();
		long rows = herald.get(Backup.class).write(file, true, null, new BackupProgress()).rows();
		tell(name, begun);
		SendingProcess.figure(name + "Rows", rows);
		SendingProcess.figure(name + "Size", Files.size(file) / 1024);
		SendingProcess.figure(name + "Heap", peak());
	}

	private static void restore(TestHerald herald, Path folder) throws IOException {
		forgetPeak();
		long begun = System.nanoTime();
		herald.get(Restore.class).run(new BackupFile(folder.resolve("first.zip"), null), new BackupProgress());
		tell("restore", begun);
		SendingProcess.figure("restoreHeap", peak());
		backUp(herald, folder.resolve("second.zip"), "second");
	}

	private static void forgetPeak() {
		System.gc();
		oldGenerations().forEach(MemoryPoolMXBean::resetPeakUsage);
	}

	/** KiB that lived longer than a young collection, garbage among them. */
	private static long peak() {
		return oldGenerations().mapToLong((pool) -> pool.getPeakUsage().getUsed()).sum() / 1024;
	}

	private static Stream<MemoryPoolMXBean> oldGenerations() {
		return ManagementFactory.getMemoryPoolMXBeans()
			.stream()
			.filter((pool) -> pool.getName().contains("Tenured") || pool.getName().contains("Old"));
	}

	private static void tell(String what, long begun) {
		SendingProcess.figure(what, SendingProcess.millis(System.nanoTime() - begun));
	}

}
