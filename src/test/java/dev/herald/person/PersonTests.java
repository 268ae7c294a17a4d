package dev.herald.person;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.herald.address.EmailAddress;
import dev.herald.delivery.DeliveryState;
import dev.herald.delivery.SendRunner;
import dev.herald.delivery.Sends;
import dev.herald.mailbox.BuiltInMailbox;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.Newsletters;
import dev.herald.subscriber.ImportResult;
import dev.herald.subscriber.SubscriberImport;
import dev.herald.subscriber.Subscriptions;
import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;
import dev.herald.tracking.Actor;
import dev.herald.tracking.DeliveryKey;
import dev.herald.tracking.EngagementKind;
import dev.herald.tracking.Engagements;
import dev.herald.tracking.LinkClicks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The copy of a person's data, and the erasure. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class PersonTests {

	/** Columns that lead to a subscriber, or may have his address in them. */
	private static final Set<String> NAMING = Set.of("subscriber_id", "match_key", "address", "subject");

	/** Tables with such a column and nothing of a subscriber. */
	private static final Set<String> OF_STAFF = Set.of("account", "sign_in_failure");

	/**
	 * Counts sign-ups by a hash, for some days: without it an erasure would lift a limit.
	 */
	private static final Set<String> LIMITS = Set.of("sign_up_address");

	/**
	 * The list of a resend until it begins: of each delivery, what the ledger says of it,
	 * which the copy has. Who was erased is counted as excluded then.
	 */
	private static final Set<String> LISTS = Set.of("resend_delivery");

	/** What stays, and names nobody. */
	private static final Set<String> STAYS = Set.of("delivery", "consent");

	/** Erased by hand, in this order. */
	private static final Set<String> BY_HAND = Set.of("subscriber", "suppression", "suppression_change");

	private final TestDatabase.Opened database;

	private final TestHerald herald;

	@TempDir
	private Path folder;

	PersonTests(TestDatabase kind) {
		this.database = kind.open();
		this.herald = TestHerald.on(this.database);
	}

	@AfterEach
	void close() {
		this.herald.close();
		this.database.close();
	}

	private static boolean names(Stream<String> statements, String table) {
		return statements.anyMatch((sql) -> sql.matches("(?is).*\\b" + table + "\\b.*"));
	}

	@Test
	void noTableThatMayNameAPersonIsForgotten() throws SQLException {
		Set<String> tables = new TreeSet<>();
		try (Connection connection = this.database.dataSource().getConnection();
				ResultSet columns = connection.getMetaData()
					.getColumns(connection.getCatalog(), connection.getSchema(), "%", "%")) {
			while (columns.next()) {
				if (NAMING.contains(columns.getString("COLUMN_NAME").toLowerCase(Locale.ROOT))) {
					tables.add(columns.getString("TABLE_NAME").toLowerCase(Locale.ROOT));
				}
			}
		}
		tables.removeAll(OF_STAFF);
		tables.removeAll(LIMITS);
		tables.removeAll(LISTS);
		assertThat(tables).contains("subscriber", "delivery", "bounce", "audit_entry");
		for (String table : tables) {
			assertThat(names(KeptData.SECTIONS.values().stream(), table)).as("the copy has " + table).isTrue();
			assertThat(STAYS.contains(table) || BY_HAND.contains(table)
					|| names(Stream.concat(Erasure.BY_NUMBER.stream(), Erasure.BY_ADDRESS.stream()), table))
				.as("the erasure knows " + table)
				.isTrue();
		}
	}

	@Test
	void theCopyHasSomethingOfEverySectionAndIsOnRecord() {
		KeptPerson person = KeptPerson.in(this.herald);
		Map<String, Object> copy = this.herald.get(KeptData.class).copyOf(person.id()).orElseThrow();
		for (String section : KeptData.SECTIONS.keySet()) {
			assertThat((List<?>) copy.get(section)).as(section).isNotEmpty();
		}
		assertThat(copy.get("person")).isEqualTo(List.of(Map.of("address", "Ann.Secret@secret.example", "name",
				"Ann Secret", "language", "zh", "zone", "Europe/Berlin", "created_at", "2026-01-01T00:00:00Z",
				"last_engaged_at", section(copy, "person").get(0).get("last_engaged_at"))));
		assertThat(section(copy, "mails"))
			.containsExactly(Map.of("issue", "first", "newsletter", "weekly", "state", "ACCEPTED", "attempts", 2,
					"due_at", "2026-01-01T00:00:00Z", "changed_at", "2026-01-01T00:01:00Z", "code", 451, "status",
					"4.7.1", "reply", "451 try ann.secret@secret.example later", "replied_at", "2026-01-02T00:00:01Z"));
		assertThat(section(copy, "clicksByLink").get(0)).containsEntry("target", "https://example.org/a");
		assertThat(this.herald.get(KeptData.class).copyOf(12345)).isEmpty();
		assertThat(this.database.jdbc()
			.sql("SELECT subject FROM audit_entry WHERE action = 'person.exported'")
			.query(String.class)
			.list()).containsExactly("ann.secret@secret.example");
	}

	@SuppressWarnings("unchecked") // As KeptData makes it.
	private static List<Map<String, Object>> section(Map<String, Object> copy, String name) {
		return (List<Map<String, Object>>) copy.getOrDefault(name, List.of());
	}

	/** The copy writes the codes of the ledger out in SQL. */
	@Test
	void theLedgersStatesAreNamedInTheCopyAsInTheLedger() {
		String sql = KeptData.SECTIONS.getOrDefault("mails", "");
		for (DeliveryState state : DeliveryState.values()) {
			assertThat(sql).contains((state == DeliveryState.CANCELLED) ? "ELSE 'CANCELLED'"
					: "WHEN " + state.code() + " THEN '" + state.name() + "'");
		}
	}

	@Test
	void anErasedPersonIsInNoCellOfTheDatabaseAndStillCounts() throws Exception {
		KeptPerson person = KeptPerson.in(this.herald);
		List<String> before = figures();
		assertThat(KeptPerson.cellsWith("secret", this.database.dataSource())).hasSizeGreaterThan(10);
		assertThat(this.herald.get(Erasure.class).erase(person.id())).isTrue();
		assertThat(KeptPerson.cellsWith("secret@", this.database.dataSource())).isEmpty();
		assertThat(KeptPerson.cellsWith("secret.", this.database.dataSource())).isEmpty();
		assertThat(KeptPerson.cellsWith("ann secret", this.database.dataSource())).isEmpty();
		assertThat(KeptPerson.cellsWith("192.0.2.77", this.database.dataSource())).isEmpty();
		assertThat(figures()).isEqualTo(before);
		assertThat(this.herald.get(Erasure.class).erase(person.id())).isFalse();
		assertThat(this.herald.get(KeptData.class).copyOf(person.id())).isEmpty();
		assertThat(this.database.jdbc()
			.sql("SELECT CONCAT(action, ' ', subject) FROM audit_entry ORDER BY id DESC LIMIT 1")
			.query(String.class)
			.single()).isEqualTo("person.erased erased-77@erased.invalid");
		assertThat(this.database.jdbc()
			.sql("SELECT CONCAT(state, ' ', source) FROM consent WHERE subscriber_id = 77 ORDER BY id")
			.query(String.class)
			.list()).containsExactly("ACTIVE PREFERENCES", "UNSUBSCRIBED ERASURE");
	}

	@Test
	void anErasureReachesTheMailsOfRehearsals() {
		Newsletter weekly = this.herald.newsletter("weekly", 3);
		int send = this.herald.get(Sends.class)
			.schedule(this.herald.issue(weekly, "one"), Instant.now(), ZoneOffset.UTC, "a test")
			.id();
		this.herald.get(SendRunner.class).run(send);
		int reader = this.herald.get(Subscriptions.class)
			.find(EmailAddress.parse("reader2@example.org"))
			.orElseThrow()
			.id();
		this.herald.get(ReaderRequests.class)
			.add(ReaderRequest.Kind.MOVED, reader, weekly.id(), EmailAddress.parse("Reader3@Example.org"),
					Locale.ENGLISH);
		BuiltInMailbox mailbox = this.herald.get(BuiltInMailbox.class);
		assertThat(mailbox.list(0, 10)).hasSize(3);
		this.herald.get(Erasure.class).erase(reader);
		assertThat(mailbox.list(0, 10)).extracting((mail) -> mail.recipient().value())
			.as("that of another address of the person is gone too")
			.containsExactly("reader1@example.org");
	}

	/** Everything that reports are made of, and the rows that they are the sums of. */
	private List<String> figures() {
		return Stream
			.of("SELECT COUNT(*) FROM delivery WHERE state = 2", "SELECT COUNT(*) FROM bounce",
					"SELECT SUM(readers) FROM engagement_count", "SELECT SUM(events) FROM engagement_count",
					"SELECT SUM(readers) FROM link_count", "SELECT COUNT(*) FROM leaver_count",
					"SELECT SUM(joined) FROM subscription_day", "SELECT COUNT(*) FROM report_review")
			.map((sql) -> sql + ": " + this.database.jdbc().sql(sql).query(Long.class).single())
			.toList();
	}

	@Test
	void noImportBringsAnErasedAddressBack() throws Exception {
		KeptPerson person = KeptPerson.in(this.herald);
		this.herald.get(Erasure.class).erase(person.id());
		Path csv = this.folder.resolve("list.csv");
		Files.writeString(csv,
				"email,name\nANN.secret@SECRET.example,Ann\nnew@example.org,New\nreader1@example.org,One\n");
		ImportResult dry = imported(csv, true);
		ImportResult real = imported(csv, false);
		assertThat(real).isEqualTo(dry);
		assertThat(List.of(real.added(), real.keptUnsubscribed(), real.unchanged())).containsExactly(1, 1, 1);
		assertThat(KeptPerson.cellsWith("secret@", this.database.dataSource())).isEmpty();
		assertThat(this.database.jdbc()
			.sql("SELECT CONCAT(reason, ' ', match_key) FROM suppression")
			.query(String.class)
			.single()).matches("ERASED erased:[0-9a-f]{32}");
		assertThat(this.herald.get(Subscriptions.class).find(KeptPerson.ADDRESS)).isEmpty();
	}

	private ImportResult imported(Path csv, boolean dryRun) throws IOException {
		return this.herald.get(SubscriberImport.class)
			.run(csv, this.herald.get(Newsletters.class).require("weekly"), this.folder.resolve("rejects.csv"), dryRun);
	}

	@Test
	void whatAnErasedPersonsOldMailsStillDoCountsAsAnEventOfNobody() throws Exception {
		KeptPerson person = KeptPerson.in(this.herald);
		this.herald.get(Erasure.class).erase(person.id());
		DeliveryKey delivery = new DeliveryKey(person.issue().id(), person.id());
		this.herald.get(Engagements.class).record(delivery, EngagementKind.OPEN, Actor.HUMAN);
		this.herald.get(LinkClicks.class).record(delivery, "https://example.org/a", Actor.HUMAN);
		assertThat(this.herald.get(Engagements.class)
			.of(person.issue().id())
			.stream()
			.map((count) -> count.kind() + " " + count.readers() + " " + count.events())
			.collect(Collectors.toSet())).containsExactlyInAnyOrder("OPEN 1 2", "CLICK 1 2");
		assertThat(this.database.jdbc().sql("SELECT COUNT(*) FROM engagement").query(Integer.class).single()).isZero();
		assertThat(this.database.jdbc().sql("SELECT COUNT(*) FROM link_click").query(Integer.class).single()).isZero();
	}

}
