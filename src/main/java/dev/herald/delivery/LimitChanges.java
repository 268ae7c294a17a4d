package dev.herald.delivery;

import java.time.Clock;
import java.util.List;

import dev.herald.schema.Utc;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table limit_change. Thread-safe. */
@Component
class LimitChanges {

	private final JdbcClient jdbc;

	private final Clock clock;

	LimitChanges(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	List<LimitChange> all() {
		return this.jdbc.sql("SELECT name, setting, changed_by, changed_at FROM limit_change ORDER BY name")
			.query((row, n) -> new LimitChange(row.getString("name"), row.getString("setting"),
					row.getString("changed_by"), Utc.read(row, "changed_at")))
			.list();
	}

	void put(String name, String value, String by) {
		this.jdbc.sql("""
				INSERT INTO limit_change (name, setting, changed_by, changed_at) VALUES (:name, :value, :by, :now)
				ON DUPLICATE KEY UPDATE setting = VALUES(setting), changed_by = VALUES(changed_by),
				changed_at = VALUES(changed_at)
				""")
			.param("name", name)
			.param("value", value)
			.param("by", by)
			.param("now", Utc.of(this.clock.instant()))
			.update();
	}

	/** The file's value counts again. */
	boolean remove(String name) {
		return this.jdbc.sql("DELETE FROM limit_change WHERE name = ?").param(name).update() > 0;
	}

}
