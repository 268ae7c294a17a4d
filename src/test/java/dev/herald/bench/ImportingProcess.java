package dev.herald.bench;

import java.io.IOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Properties;

import javax.sql.DataSource;

import dev.herald.newsletter.Newsletter;
import dev.herald.subscriber.ImportPlan;
import dev.herald.subscriber.ImportProgress;
import dev.herald.subscriber.SubscriberExport;
import dev.herald.subscriber.SubscriberImport;
import dev.herald.testing.TestHerald;

import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The process that imports; or that gives the database the same rows without Herald.
 * Arguments: import, batch or load; the database's URL, the list, its rows.
 */
final class ImportingProcess {

	private static final int BATCH = 1000;

	private static final String TIME = "2026-11-26 08:00:00";

	private ImportingProcess() {
	}

	static String address(int i) {
		return "reader" + i + "@lists" + i % 50 + ".example";
	}

	static String name(int i) {
		return "Reader " + i;
	}

	public static void main(String[] args) throws IOException, SQLException {
		Path list = Path.of(args[2]);
		int rows = Integer.parseInt(args[3]);
		try (TestHerald herald = TestHerald.on(args[1])) {
			Newsletter newsletter = herald.newsletter("bench", 0);
			switch (args[0]) {
				case "import" -> importAndExport(herald, newsletter, list, rows);
				case "batch" -> batch(herald.get(DataSource.class), newsletter, rows);
				case "load" -> load(args[1], newsletter, list.resolveSibling("load.txt"), rows);
				default -> throw new IllegalArgumentException(args[0]);
			}
		}
	}

	private static void importAndExport(TestHerald herald, Newsletter newsletter, Path list, int rows)
			throws IOException {
		SubscriberImport imports = herald.get(SubscriberImport.class);
		ImportPlan plan = imports.plan(list, newsletter, list.resolveSibling("rejects.csv"));
		long begun = System.nanoTime();
		int wouldAdd = imports.check(plan, new ImportProgress()).orElseThrow().added();
		tell("check", begun);
		begun = System.nanoTime();
		int added = imports.run(plan, new ImportProgress()).orElseThrow().added();
		tell("import", begun);
		if (added != rows || wouldAdd != rows) {
			throw new IllegalStateException(added + " were added, and " + wouldAdd + " should have been");
		}
		begun = System.nanoTime();
		int unchanged = imports.run(plan, new ImportProgress()).orElseThrow().unchanged();
		tell("again", begun);
		if (unchanged != rows) {
			throw new IllegalStateException(unchanged + " were there already");
		}
		SubscriberExport export = herald.get(SubscriberExport.class);
		begun = System.nanoTime();
		try (Writer writer = Files.newBufferedWriter(list.resolveSibling("export.csv"))) {
			export.run(newsletter, null, writer);
		}
		tell("csv", begun);
		begun = System.nanoTime();
		try (Writer writer = Files.newBufferedWriter(list.resolveSibling("export.jsonl"))) {
			export.runJson(newsletter, null, writer);
		}
		tell("json", begun);
		long live = ManagementFactory.getMemoryPoolMXBeans()
			.stream()
			.filter((pool) -> pool.getType() == MemoryType.HEAP)
			.map((pool) -> pool.getCollectionUsage())
			.filter(Objects::nonNull)
			.mapToLong(MemoryUsage::getUsed)
			.sum();
		SendingProcess.figure("heap", live / 1024);
	}

	private static void tell(String what, long begun) {
		SendingProcess.figure(what, SendingProcess.millis(System.nanoTime() - begun));
	}

	/** Prepared statements, a thousand rows a commit. */
	private static void batch(DataSource dataSource, Newsletter newsletter, int rows) throws SQLException {
		long begun = System.nanoTime();
		try (Connection connection = dataSource.getConnection();
				PreparedStatement subscriber = connection.prepareStatement(
						"""
								INSERT INTO subscriber (id, address, match_key, name, zone, created_at) VALUES (?, ?, ?, ?, '', ?)
								""");
				PreparedStatement subscription = connection.prepareStatement(
						"""
								INSERT INTO subscription (newsletter_id, subscriber_id, state, changed_at) VALUES (?, ?, 'ACTIVE', ?)
								""");
				PreparedStatement consent = connection.prepareStatement("""
						INSERT INTO consent (newsletter_id, subscriber_id, state, source, happened_at)
						VALUES (?, ?, 'ACTIVE', 'IMPORT', ?)
						""")) {
			connection.setAutoCommit(false);
			for (int i = 1; i <= rows; i++) {
				add(subscriber, i, address(i), address(i), name(i), TIME);
				add(subscription, newsletter.id(), i, TIME);
				add(consent, newsletter.id(), i, TIME);
				if (i % BATCH == 0 || i == rows) {
					subscriber.executeBatch();
					subscription.executeBatch();
					consent.executeBatch();
					connection.commit();
				}
			}
		}
		tell("bare", begun);
	}

	private static void add(PreparedStatement statement, Object... values) throws SQLException {
		for (int i = 0; i < values.length; i++) {
			statement.setObject(i + 1, values[i]);
		}
		statement.addBatch();
	}

	/** The files are written before the clock runs. */
	private static void load(String url, Newsletter newsletter, Path file, int rows) throws IOException, SQLException {
		Path subscriptions = file.resolveSibling("load-subscriptions.txt");
		try (Writer subscriber = Files.newBufferedWriter(file);
				Writer subscription = Files.newBufferedWriter(subscriptions)) {
			for (int i = 1; i <= rows; i++) {
				subscriber.write("%d\t%s\t%s\n".formatted(i, address(i), name(i)));
				subscription.write(i + "\n");
			}
		}
		DriverManagerDataSource source = new DriverManagerDataSource(url);
		Properties properties = new Properties();
		properties.setProperty("allowLoadLocalInfile", "true");
		source.setConnectionProperties(properties);
		long begun = System.nanoTime();
		try (Connection connection = source.getConnection(); Statement statement = connection.createStatement()) {
			statement.execute("LOAD DATA LOCAL INFILE '" + file
					+ "' INTO TABLE subscriber (id, address, name) SET match_key = address, created_at = '" + TIME
					+ "'");
			statement.execute("LOAD DATA LOCAL INFILE '" + subscriptions + "' INTO TABLE subscription (subscriber_id) "
					+ "SET newsletter_id = " + newsletter.id() + ", state = 'ACTIVE', changed_at = '" + TIME + "'");
			statement.execute("LOAD DATA LOCAL INFILE '" + subscriptions + "' INTO TABLE consent (subscriber_id) "
					+ "SET newsletter_id = " + newsletter.id()
					+ ", state = 'ACTIVE', source = 'IMPORT', happened_at = '" + TIME + "'");
		}
		tell("bare", begun);
	}

}
