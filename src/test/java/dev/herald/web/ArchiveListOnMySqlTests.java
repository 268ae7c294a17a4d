package dev.herald.web;

import java.util.ArrayDeque;
import java.util.Deque;

import dev.herald.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The same on the other database: lists, search and feeds are made by its SQL. */
class ArchiveListOnMySqlTests extends ArchiveListTests {

	private static final Deque<TestDatabase.Opened> DATABASE = new ArrayDeque<>();

	/** Before the server starts: without such a database the tests are skipped. */
	@BeforeAll
	static void open() {
		DATABASE.add(TestDatabase.MYSQL.open());
	}

	@DynamicPropertySource
	static void database(DynamicPropertyRegistry properties) {
		properties.add("spring.datasource.url", () -> DATABASE.getFirst().url());
	}

	@AfterAll
	static void close() {
		DATABASE.forEach(TestDatabase.Opened::close);
	}

}
