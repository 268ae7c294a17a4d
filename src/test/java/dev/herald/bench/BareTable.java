package dev.herald.bench;

import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A table of the ledger's shape, with its indexes, made from whatever the ledger's shape
 * is now.
 */
final class BareTable {

	private BareTable() {
	}

	static void create(JdbcClient jdbc, String url) {
		if (url.startsWith("jdbc:h2:")) {
			script(jdbc).forEach((statement) -> jdbc.sql(statement).update());
		}
		else {
			jdbc.sql("CREATE TABLE bare_delivery LIKE delivery").update();
		}
	}

	/** H2 has no CREATE TABLE … LIKE, but can write down what made a table. */
	private static List<String> script(JdbcClient jdbc) {
		return jdbc.sql("SCRIPT NODATA NOPASSWORDS NOSETTINGS TABLE delivery")
			.query(String.class)
			.list()
			.stream()
			.filter((line) -> line.contains(" TABLE \"PUBLIC\"") || line.startsWith("CREATE INDEX"))
			.map((line) -> line.replaceAll("(?i)ADD CONSTRAINT \\S+ PRIMARY KEY", "ADD PRIMARY KEY")
				.replaceAll("(?i)\\bdelivery", "BARE_DELIVERY"))
			.toList();
	}

	/** Copies the ledger. @return the number of rows */
	static int fill(JdbcClient jdbc) {
		return jdbc.sql("INSERT INTO bare_delivery SELECT * FROM delivery").update();
	}

}
