package dev.herald.testing;

import java.util.UUID;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.herald.schema.Schema;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The two kinds of database that Herald runs on. Parameterise a test class over it:
 * {@code @ParameterizedClass @EnumSource(TestDatabase.class)}.
 */
public enum TestDatabase {

	H2 {
		@Override
		String newUrl() {
			return "jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=MySQL;DB_CLOSE_DELAY=-1;USER=sa;PASSWORD=";
		}

		@Override
		UsedDatabases used() {
			return UsedDatabases.OF_H2;
		}
	},
	/**
	 * HERALD_TEST_MYSQL_URL, or MariaDB started from Maven's download; skipped with a
	 * reason where there is neither.
	 */
	MYSQL {
		@Override
		String newUrl() {
			return MySqlServer.newSchemaUrl();
		}

		@Override
		UsedDatabases used() {
			return UsedDatabases.OF_MYSQL;
		}
	};

	abstract String newUrl();

	abstract UsedDatabases used();

	/** Empty and migrated, and nobody else's. Close it after the test. */
	public Opened open() {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(used().take().orElseGet(this::newUrl));
		config.setMaximumPoolSize(12);
		config.setMinimumIdle(1);
		HikariDataSource dataSource = new HikariDataSource(config);
		new Schema(dataSource).ensureCurrent();
		used().learn(JdbcClient.create(dataSource));
		return new Opened(dataSource, used());
	}

	/** An open database. */
	public static final class Opened implements AutoCloseable {

		private final HikariDataSource dataSource;

		private final UsedDatabases used;

		Opened(HikariDataSource dataSource, UsedDatabases used) {
			this.dataSource = dataSource;
			this.used = used;
		}

		public DataSource dataSource() {
			return this.dataSource;
		}

		public String url() {
			return this.dataSource.getJdbcUrl();
		}

		public JdbcClient jdbc() {
			return JdbcClient.create(this.dataSource);
		}

		public JdbcTransactionManager transactionManager() {
			return new JdbcTransactionManager(this.dataSource);
		}

		public TransactionTemplate transactions() {
			return new TransactionTemplate(transactionManager());
		}

		/** Whatever is in it is gone when the next test opens it. */
		@Override
		public void close() {
			if (!this.dataSource.isClosed()) {
				this.dataSource.close();
				this.used.add(url());
			}
		}

	}

}
