package dev.herald.schema;

import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/** Spring Batch's own script for its job repository, as version 2 of the schema. */
final class SpringBatchTables implements JavaMigration {

	@Override
	public MigrationVersion getVersion() {
		return MigrationVersion.fromVersion("2");
	}

	@Override
	public String getDescription() {
		return "spring batch";
	}

	@Override
	public @Nullable Integer getChecksum() {
		return null;
	}

	@Override
	public boolean canExecuteInTransaction() {
		return true;
	}

	@Override
	public void migrate(Context context) throws Exception {
		boolean h2 = context.getConnection().getMetaData().getURL().startsWith("jdbc:h2:");
		String script = "org/springframework/batch/core/schema-" + (h2 ? "h2" : "mysql") + ".sql";
		ScriptUtils.executeSqlScript(context.getConnection(), new ClassPathResource(script));
	}

}
