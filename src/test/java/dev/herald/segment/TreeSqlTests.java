package dev.herald.segment;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.herald.address.Mailbox;
import dev.herald.newsletter.ArchiveDelay;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.Theme;
import dev.herald.newsletter.TrackingMode;
import dev.herald.problem.Problem;
import dev.herald.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Who is in a segment, by name, for each condition. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class TreeSqlTests {

	private static final Instant NOW = Instant.parse("2026-06-30T12:00:00Z");

	private static final MailProviders PROVIDERS = () -> Map.of("other", new MailProviders.Provider(0, List.of()),
			"gmail", new MailProviders.Provider(1, List.of("gmail.com", "googlemail.com")), "qq",
			new MailProviders.Provider(5, List.of("qq.com")), "own", new MailProviders.Provider(64, List.of()));

	private static final String ALL = "ann bob cyd dee eve";

	private final TestDatabase.Opened database;

	TreeSqlTests(TestDatabase database) {
		this.database = database.open();
		run("""
				INSERT INTO newsletter (id, name_key, name, sender_name, sender_address, language, created_at)
				VALUES (1, 'weekly', 'W', '', 'w@example.org', 'zh-CN', '2026-01-01')""");
		run("INSERT INTO issue (id, newsletter_id, slug, title, current_version, created_at)"
				+ " VALUES (1, 1, 'one', 'One', 1, '2026-01-01')");
		person(1, "ann@gmail.com", "", "2026-01-31 23:59:59.999", 1, "2026-06-30 11:00:00");
		person(2, "bob@qq.com", "en", "2026-02-01 00:00:00", 1, "2026-01-01 00:00:00");
		person(3, "cyd@known.example", "en-GB", "2026-06-25 00:00:00", 1, null);
		person(4, "dee@example.org", "english", "2026-06-30 11:59:59", 0, "2026-06-29 00:00:00");
		person(5, "eve@mx.example", "zh-Hant", "2020-01-01 00:00:00", 0, null);
		run("INSERT INTO mail_domain (name, provider) VALUES ('known.example', 1), ('mx.example', 64), ('example.org', 0)");
		attribute(1, "city", "Berlin");
		attribute(2, "city", "berlin-Mitte");
		attribute(3, "city", "50%_off!");
		attribute(4, "city", "' OR 1=1 -- ");
		attribute(5, "City", "Berlin");
		attribute(1, "age", "9");
		attribute(2, "age", "10.50");
		attribute(3, "age", "-3");
		attribute(4, "age", "12 years");
		attribute(5, "age", "1e9");
		run("INSERT INTO engagement (issue_id, subscriber_id, kind, actor, events, first_at) VALUES"
				+ " (1, 1, 'OPEN', 'HUMAN', 1, '2026-06-01'), (1, 2, 'OPEN', 'MACHINE', 1, '2026-06-01'),"
				+ " (1, 2, 'CLICK', 'HUMAN', 1, '2026-06-01'), (1, 4, 'OPEN', 'HUMAN', 1, '2026-06-01')");
	}

	private void person(int id, String address, String language, String since, int tracked, @Nullable String engaged) {
		run("INSERT INTO subscriber (id, address, match_key, language, created_at) VALUES (?, ?, ?, ?, '2020-01-01')",
				id, address, address, language);
		if (engaged != null) {
			run("UPDATE subscriber SET last_engaged_at = ? WHERE id = ?", engaged, id);
		}
		run("INSERT INTO subscription (newsletter_id, subscriber_id, state, changed_at, tracked) VALUES (1, ?, 'ACTIVE', ?, ?)",
				id, since, tracked);
	}

	private void attribute(int id, String name, String text) {
		KeptAttributes.set(this.database.jdbc(), id, name, text);
	}

	private void run(String sql, Object... values) {
		this.database.jdbc().sql(sql).params(Arrays.asList(values)).update();
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void attributes() {
		assertThat(one("attribute\",\"name\":\"city\",\"test\":\"is\",\"value\":\"BERLIN\"")).isEqualTo("ann");
		assertThat(one("attribute\",\"name\":\"city\",\"test\":\"is-not\",\"value\":\"BERLIN\""))
			.isEqualTo("bob cyd dee eve");
		assertThat(one("attribute\",\"name\":\"city\",\"test\":\"begins-with\",\"value\":\"Berlin\""))
			.isEqualTo("ann bob");
		assertThat(one("attribute\",\"name\":\"city\",\"test\":\"contains\",\"value\":\"RLIN-m\"")).isEqualTo("bob");
		assertThat(one("attribute\",\"name\":\"city\",\"test\":\"is-set\"")).isEqualTo("ann bob cyd dee");
		assertThat(one("attribute\",\"name\":\"city\",\"test\":\"is-not-set\"")).isEqualTo("eve");
	}

	@Test
	void lettersOfEveryScriptAndBlanksAroundAreFolded() {
		attribute(1, "street", "  Οδός ΟΔΟΣ ");
		attribute(2, "street", "ΟΔΌΣΗΜΟ");
		assertThat(one("attribute\",\"name\":\"street\",\"test\":\"is\",\"value\":\"ΟΔΌΣ οδος\"")).isEqualTo("ann");
		assertThat(one("attribute\",\"name\":\"street\",\"test\":\"begins-with\",\"value\":\"ΟΔΌΣ\""))
			.isEqualTo("ann bob");
	}

	@Test
	void ofALongTextTheFirst500CharactersAreCompared() {
		attribute(1, "note", "x".repeat(500) + "y");
		attribute(2, "note", "x".repeat(499) + "y");
		String same = "x".repeat(500);
		assertThat(one("attribute\",\"name\":\"note\",\"test\":\"is\",\"value\":\"" + same + "\"")).isEqualTo("ann");
		assertThat(one("attribute\",\"name\":\"note\",\"test\":\"begins-with\",\"value\":\"" + same + "\""))
			.isEqualTo("ann");
		assertThat(one("attribute\",\"name\":\"note\",\"test\":\"contains\",\"value\":\"y\"")).isEqualTo("bob");
	}

	@Test
	void wildcardsAndSqlInValuesAreText() {
		for (String wildcard : List.of("%", "_", "!", "%_o", "f!")) {
			assertThat(one("attribute\",\"name\":\"city\",\"test\":\"contains\",\"value\":\"" + wildcard + "\""))
				.as(wildcard)
				.isEqualTo("cyd");
		}
		assertThat(one("attribute\",\"name\":\"city\",\"test\":\"contains\",\"value\":\"\\\\\"")).isEmpty();
		assertThat(one("attribute\",\"name\":\"city\",\"test\":\"is\",\"value\":\"' OR 1=1 --\"")).isEqualTo("dee");
		assertThat(one("attribute\",\"name\":\"city' OR '1'='1\",\"test\":\"is-set\"")).isEmpty();
		assertThat(one("attribute\",\"name\":\":segment0\",\"test\":\"is-not\",\"value\":\"? {fn now()} :newsletter\""))
			.isEqualTo(ALL);
		assertThat(one("language\",\"test\":\"is\",\"value\":[\"%\", \"e_\", \"') OR ('1'='1\"]")).isEmpty();
		assertThat(one("issue\",\"test\":\"opened\",\"value\":\"one' OR '1'='1\"")).isEmpty();
	}

	@Test
	void numbersAreComparedAsNumbersAndOtherTextsAreNone() {
		assertThat(one("attribute\",\"name\":\"age\",\"test\":\"at-least\",\"value\":9")).isEqualTo("ann bob");
		assertThat(one("attribute\",\"name\":\"age\",\"test\":\"at-least\",\"value\":10.5")).isEqualTo("bob");
		assertThat(one("attribute\",\"name\":\"age\",\"test\":\"less-than\",\"value\":10.5")).isEqualTo("ann cyd");
		assertThat(one("attribute\",\"name\":\"age\",\"test\":\"less-than\",\"value\":-999999999999999")).isEmpty();
		attribute(1, "size", "999999999999999.999999");
		attribute(2, "size", "1234567890123456");
		attribute(3, "size", "7\n");
		attribute(4, "size", "");
		assertThat(one("attribute\",\"name\":\"size\",\"test\":\"at-least\",\"value\":100")).isEqualTo("ann");
	}

	@Test
	void daysOfSubscribingAreThoseOfUtc() {
		assertThat(one("subscribed\",\"test\":\"before\",\"value\":\"2026-02-01\"")).isEqualTo("ann eve");
		assertThat(one("subscribed\",\"test\":\"from\",\"value\":\"2026-02-01\"")).isEqualTo("bob cyd dee");
		assertThat(one("subscribed\",\"test\":\"within\",\"value\":7")).isEqualTo("cyd dee");
		assertThat(one("subscribed\",\"test\":\"not-within\",\"value\":7")).isEqualTo("ann bob eve");
		assertThat(one("subscribed\",\"test\":\"within\",\"value\":36500")).isEqualTo(ALL);
	}

	@Test
	void whoIsNotTrackedIsNeitherEngagedNorQuiet() {
		assertThat(one("engaged\",\"test\":\"within\",\"value\":30")).isEqualTo("ann");
		assertThat(one("engaged\",\"test\":\"not-within\",\"value\":30")).isEqualTo("bob cyd");
		assertThat(one("engaged\",\"test\":\"ever\"")).isEqualTo("ann bob");
		assertThat(one("engaged\",\"test\":\"never\"")).isEqualTo("cyd");
		assertThat(one("engaged\",\"test\":\"unknown\"")).isEqualTo("dee eve");
		assertThat(one("issue\",\"test\":\"opened\",\"value\":\"one\"")).isEqualTo("ann");
		assertThat(one("issue\",\"test\":\"not-opened\",\"value\":\"one\"")).isEqualTo("bob cyd");
		assertThat(one("issue\",\"test\":\"clicked\",\"value\":\"one\"")).isEqualTo("bob");
		assertThat(one("issue\",\"test\":\"not-clicked\",\"value\":\"one\"")).isEqualTo("ann cyd");
	}

	@Test
	void whereNobodyIsTrackedAllAreUnknown() {
		for (TrackingMode mode : List.of(TrackingMode.NONE, TrackingMode.TOTALS)) {
			assertThat(in(mode, "{\"all\":[{\"field\":\"engaged\",\"test\":\"ever\"}]}")).isEmpty();
			assertThat(in(mode, "{\"all\":[{\"field\":\"engaged\",\"test\":\"never\"}]}")).isEmpty();
			assertThat(in(mode, "{\"all\":[{\"field\":\"engaged\",\"test\":\"unknown\"}]}")).isEqualTo(ALL);
		}
	}

	@Test
	void providersAreThoseOfTheSettingsAndOfTheDns() {
		assertThat(one("provider\",\"test\":\"is\",\"value\":[\"gmail\"]")).isEqualTo("ann cyd");
		assertThat(one("provider\",\"test\":\"is-not\",\"value\":[\"gmail\", \"qq\"]")).isEqualTo("dee eve");
		assertThat(one("provider\",\"test\":\"is\",\"value\":[\"other\"]")).isEqualTo("dee");
		assertThat(one("provider\",\"test\":\"is\",\"value\":[\"own\", \"other\"]")).isEqualTo("dee eve");
		assertThatExceptionOfType(Problem.class)
			.isThrownBy(() -> one("provider\",\"test\":\"is\",\"value\":[\"gmial\"]"))
			.withMessage("There is no provider 'gmial'. There are: gmail, other, own, qq.");
	}

	@Test
	void aLanguageIsThoseThatBeginWithItAndWhoChoseNoneHasTheNewsletters() {
		assertThat(one("language\",\"test\":\"is\",\"value\":[\"EN\"]")).isEqualTo("bob cyd");
		assertThat(one("language\",\"test\":\"is\",\"value\":[\"zh\"]")).isEqualTo("ann eve");
		assertThat(one("language\",\"test\":\"is\",\"value\":[\"zh-cn\"]")).isEqualTo("ann");
		assertThat(one("language\",\"test\":\"is-not\",\"value\":[\"zh\", \"en-GB\"]")).isEqualTo("bob dee");
		assertThat(one("language\",\"test\":\"is\",\"value\":[\"zh\", \"en\"]")).isEqualTo("ann bob cyd eve");
	}

	@Test
	void groupsNest() {
		String berlin = "{\"field\":\"attribute\",\"name\":\"city\",\"test\":\"begins-with\",\"value\":\"berlin\"}";
		String english = "{\"field\":\"language\",\"test\":\"is\",\"value\":[\"en\"]}";
		assertThat(in(TrackingMode.PERSONS, "{\"all\":[" + berlin + "," + english + "]}")).isEqualTo("bob");
		assertThat(in(TrackingMode.PERSONS, "{\"any\":[" + berlin + "," + english + "]}")).isEqualTo("ann bob cyd");
		assertThat(in(TrackingMode.PERSONS, "{\"none\":[" + berlin + "," + english + "]}")).isEqualTo("dee eve");
		assertThat(in(TrackingMode.PERSONS, "{\"none\":[{\"all\":[" + berlin + "," + english + "]}]}"))
			.isEqualTo("ann cyd dee eve");
	}

	@Test
	void countsAreOfActiveSubscriptionsWhateverTheirNumbers() {
		for (int id : new int[] { 49, 50, 99, 100, 1_000_000, Integer.MAX_VALUE }) {
			person(id, "p" + id + "@gmail.com", "zh", "2026-06-25 00:00:00", 1, "2026-06-29 00:00:00");
			attribute(id, "city", "Berlin");
		}
		person(77, "gone@gmail.com", "zh", "2026-06-25 00:00:00", 1, "2026-06-29 00:00:00");
		attribute(77, "city", "Berlin");
		run("UPDATE subscription SET state = 'UNSUBSCRIBED' WHERE subscriber_id = 77");
		assertThat(count("attribute\",\"name\":\"city\",\"test\":\"is\",\"value\":\"Berlin\"")).isEqualTo(7);
		assertThat(count("attribute\",\"name\":\"city\",\"test\":\"is-not\",\"value\":\"Berlin\"")).isEqualTo(4);
		assertThat(count("engaged\",\"test\":\"not-within\",\"value\":30")).isEqualTo(2);
		assertThat(count("provider\",\"test\":\"is-not\",\"value\":[\"gmail\"]")).isEqualTo(3);
		run("DELETE FROM subscription");
		assertThat(count("attribute\",\"name\":\"city\",\"test\":\"is-set\"")).isZero();
	}

	private int count(String condition) {
		Tree tree = TreeJson.read("{\"all\":[{\"field\":\"" + condition + "}]}");
		return new MemberCount(TreeSql.of(tree, newsletter(TrackingMode.PERSONS), PROVIDERS, NOW), this.database::jdbc)
			.of(1);
	}

	private String one(String condition) {
		return in(TrackingMode.PERSONS, "{\"all\":[{\"field\":\"" + condition + "}]}");
	}

	private String in(TrackingMode tracking, String json) {
		TreeSql.Compiled compiled = TreeSql.of(TreeJson.read(json), newsletter(tracking), PROVIDERS, NOW);
		SegmentSql sql = compiled.sql();
		List<String> people = this.database.jdbc()
			.sql("SELECT SUBSTRING(s.address, 1, 3) FROM subscription p JOIN subscriber s ON s.id = p.subscriber_id"
					+ " WHERE p.newsletter_id = 1 AND " + sql.condition() + " ORDER BY s.id")
			.params(sql.values())
			.query(String.class)
			.list();
		List<String> others = this.database.jdbc()
			.sql("SELECT SUBSTRING(s.address, 1, 3) FROM subscription p JOIN subscriber s ON s.id = p.subscriber_id"
					+ " WHERE p.newsletter_id = 1 AND NOT (" + sql.condition() + ") ORDER BY s.id")
			.params(sql.values())
			.query(String.class)
			.list();
		assertThat(people.size() + others.size()).as("nobody is neither in nor out").isEqualTo(5);
		assertThat(new MemberCount(compiled, this.database::jdbc).of(1)).as("counted").isEqualTo(people.size());
		return String.join(" ", people);
	}

	private static Newsletter newsletter(TrackingMode tracking) {
		return new Newsletter(1, "weekly", "W", Mailbox.parse("w@example.org"), null, Locale.SIMPLIFIED_CHINESE, null,
				"", Theme.DEFAULT, true, false, tracking, ArchiveDelay.NONE);
	}

}
