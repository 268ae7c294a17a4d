package dev.herald.subscriber;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.herald.address.EmailAddress;
import dev.herald.address.Mailbox;
import dev.herald.newsletter.Newsletter;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import dev.herald.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class SubscriberImportTests {

	private static final Newsletter WEEKLY = new Newsletter(1, "weekly", "Weekly", Mailbox.parse("jo@example.org"),
			null, Locale.ENGLISH, null, "");

	private static final Newsletter MONTHLY = new Newsletter(2, "monthly", "Monthly", Mailbox.parse("jo@example.org"),
			null, Locale.ENGLISH, null, "");

	private final TestDatabase.Opened database;

	private final SubscriberImport subscriberImport;

	private final Subscriptions subscriptions;

	@TempDir
	private Path folder;

	SubscriberImportTests(TestDatabase database) {
		this.database = database.open();
		Clock clock = Clock.fixed(Instant.parse("2026-03-29T01:30:00Z"), ZoneOffset.UTC);
		this.subscriberImport = TestImports.on(this.database, clock);
		this.subscriptions = new Subscriptions(this.database.jdbc(), this.database.transactionManager(), clock);
		for (Newsletter newsletter : List.of(WEEKLY, MONTHLY)) {
			this.database.jdbc().sql("""
					INSERT INTO newsletter (id, name_key, name, sender_name, sender_address, language, created_at)
					VALUES (?, ?, 'N', '', 'jo@example.org', 'en', '2026-01-01 00:00:00')
					""").params(newsletter.id(), newsletter.key()).update();
		}
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void goodRowsGoInAndBadRowsGoToAFileWithReasons() throws IOException {
		Path csv = write("""
				email,name,zone
				ann@example.org,Ann,Europe/Berlin
				bob,"=Bob, ""B""\",
				cyd@example.org,Cyd,Asia/Atlantis
				李@example.cn,李雷,
				""");
		ImportResult result = run(csv, false);
		assertThat(result)
			.isEqualTo(
					new ImportResult(2, 0, 0, 0, 0, 0, 0, 0, 2,
							List.of(new ImportResult.Rejection(3, "email", Sentence.of("address.none", "bob")),
									new ImportResult.Rejection(4, "zone", Sentence.of("subscriber.row.zone"))),
							List.of()));
		assertThat(export(WEEKLY)).isEqualTo("""
				email,name,state,since,paused_until,zone,language,suppression,suppressed_since,suppression_why
				ann@example.org,Ann,ACTIVE,2026-03-29T01:30:00Z,,Europe/Berlin,,,,
				李@example.cn,李雷,ACTIVE,2026-03-29T01:30:00Z,,,,,,
				""".replace("\n", "\r\n"));
		assertThat(Files.readString(rejects())).isEqualTo(
				"""
						line,column,reason,email,name,zone
						3,email,"'bob' is no address: it needs a name, @ and a domain.",bob,"'=Bob, ""B\""",
						4,zone,"There is no such time zone. Write it as Asia/Shanghai or Europe/Berlin, or leave it out.",cyd@example.org,Cyd,Asia/Atlantis
						"""
					.replace("\n", "\r\n"));
		assertThat(filesInFolder()).containsExactlyInAnyOrder("list.csv", "list.rejects.csv");
	}

	@Test
	void aZoneThatALaterFileGivesIsTakenOverAndNoneIsLost() throws IOException {
		run(write("email,name\nann@example.org,Ann\nbob@example.org,Bob\n"), false);
		run(write("email,timezone\nANN@example.org,Asia/Shanghai\nbob@example.org,America/New_York\n"), false);
		run(write("email,Zone\nann@example.org,\nbob@example.org,Europe/Berlin\n"), false);
		assertThat(this.database.jdbc()
			.sql("SELECT CONCAT(name, ' ', zone) FROM subscriber ORDER BY id")
			.query(String.class)
			.list()).containsExactly("Ann Asia/Shanghai", "Bob Europe/Berlin");
	}

	/** Of a chunk the first 128 are looked for. */
	@Test
	void whoIsKnownStaysWhoHeIsBehindManyStrangers() throws IOException {
		run(write("email\nann@example.org\nbob@example.org\n"), false);
		this.database.jdbc()
			.sql("UPDATE subscription SET state = 'UNSUBSCRIBED' WHERE subscriber_id = (SELECT MIN(id) FROM subscriber)")
			.update();
		this.subscriberImport.run(write("email\ncyd@example.org\n"), MONTHLY, rejects(), false);
		StringBuilder list = new StringBuilder("email,zone\n");
		for (int i = 0; i < 210; i++) {
			list.append("reader").append(i).append("@example.org,Asia/Shanghai\n");
			list.append(
					(i == 199) ? "ann@example.org,\nBob@example.org,Europe/Berlin\ncyd@example.org,Asia/Tokyo\n" : "");
		}
		Path csv = write(list.toString());
		ImportResult result = new ImportResult(211, 0, 0, 1, 1, 0, 0, 0, 0, List.of(), List.of());
		assertThat(run(csv, true)).isEqualTo(result);
		assertThat(run(csv, false)).isEqualTo(result);
		assertThat(this.subscriptions.count(1)).isEqualTo(new SubscriptionCounts(0, 212, 1, 0));
		assertThat(export(WEEKLY)).contains("ann@example.org,,UNSUBSCRIBED,", "bob@example.org,,ACTIVE,",
				"cyd@example.org,,ACTIVE,2026-03-29T01:30:00Z,,Asia/Tokyo,", ",,Europe/Berlin,");
		assertThat(count("subscriber")).isEqualTo(213);
		assertThat(count("consent")).isEqualTo(2 + 1 + 211);
		assertThat(run(csv, false)).isEqualTo(new ImportResult(0, 0, 0, 212, 1, 0, 0, 0, 0, List.of(), List.of()));
	}

	@Test
	void everyNewSubscriptionHasAConsentRecord() throws IOException {
		run(write("email\nann@example.org\nbob@example.org\n"), false);
		assertThat(this.database.jdbc()
			.sql("SELECT COUNT(*) FROM consent WHERE newsletter_id = 1 AND state = 'ACTIVE' AND source = 'IMPORT'")
			.query(Integer.class)
			.single()).isEqualTo(2);
	}

	@Test
	void theSameImportAgainChangesNothing() throws IOException {
		Path csv = write("email,name\nann@example.org,Ann\nbob@example.org,Bob\n");
		run(csv, false);
		String before = export(WEEKLY);
		assertThat(run(csv, false)).isEqualTo(new ImportResult(0, 0, 0, 2, 0, 0, 0, 0, 0, List.of(), List.of()));
		assertThat(export(WEEKLY)).isEqualTo(before);
		assertThat(count("consent")).isEqualTo(2);
	}

	@Test
	void anExportNamesThePauses() throws IOException {
		run(write("email\nann@example.org\n"), false);
		this.database.jdbc().sql("UPDATE subscription SET paused_until = '2026-05-01 00:00:00'").update();
		assertThat(export(WEEKLY)).endsWith(",ACTIVE,2026-03-29T01:30:00Z,2026-05-01T00:00:00Z,,,,,\r\n");
		assertThat(this.subscriptions.count(1)).isEqualTo(new SubscriptionCounts(0, 1, 0, 1));
	}

	@Test
	void anExportCanBeImportedElsewhere() throws IOException {
		run(write("email,name\n+tag@example.org,=1+1\n\"\"\"a,b\"\"@example.org\",\"Lee, Ann\"\n"), false);
		Path exported = Files.writeString(this.folder.resolve("export.csv"), export(WEEKLY));
		ImportResult result = this.subscriberImport.run(exported, MONTHLY, rejects(), false);
		assertThat(result).isEqualTo(new ImportResult(2, 0, 0, 0, 0, 0, 0, 0, 0, List.of(), List.of()));
		assertThat(export(MONTHLY)).isEqualTo(export(WEEKLY)).contains("'+tag@example.org,'=1+1");
		assertThat(count("subscriber")).isEqualTo(2);
	}

	@Test
	void whoHasUnsubscribedIsNeverSubscribedAgain() throws IOException {
		Path csv = write("email\nann@example.org\nbob@example.org\n");
		run(csv, false);
		this.subscriptions.unsubscribe(1, subscriberId("ann@example.org"), ConsentSource.ONE_CLICK, null);
		assertThat(run(csv, false)).isEqualTo(new ImportResult(0, 0, 0, 1, 1, 0, 0, 0, 0, List.of(), List.of()));
		assertThat(this.subscriptions.count(1)).isEqualTo(new SubscriptionCounts(0, 1, 1, 0));
	}

	@Test
	void whoHasNotConfirmedStaysUnconfirmed() throws IOException {
		Path csv = write("email\nann@example.org\n");
		run(csv, false);
		this.database.jdbc().sql("UPDATE subscription SET state = 'PENDING'").update();
		assertThat(run(csv, false).unchanged()).isEqualTo(1);
		assertThat(this.subscriptions.count(1)).isEqualTo(new SubscriptionCounts(1, 0, 0, 0));
	}

	@Test
	void aSuppressedAddressStaysSuppressed() throws IOException {
		EmailAddress dead = EmailAddress.parse("dead@example.org");
		Suppressions suppressions = new Suppressions(this.database.jdbc(), this.database.transactionManager(),
				(event) -> {
				}, Clock.systemUTC());
		suppressions.suppress(dead, SuppressionReason.HARD_BOUNCE, "550", Suppressions.HERALD);
		assertThat(run(write("email\ndead@example.org\n"), false).added()).isEqualTo(1);
		assertThat(suppressions.find(dead)).isPresent();
	}

	@Test
	void anAddressThatStandsTwiceIsOnePerson() throws IOException {
		String rows = addresses(1500) + "READER7@Example.ORG\nreader7@example.org\nreader1499@example.org\n";
		Path csv = write("email\n" + rows);
		assertThat(run(csv, true)).isEqualTo(new ImportResult(1500, 0, 0, 0, 0, 0, 0, 3, 0, List.of(), List.of()));
		assertThat(run(csv, false)).isEqualTo(new ImportResult(1500, 0, 0, 0, 0, 0, 0, 3, 0, List.of(), List.of()));
		assertThat(run(csv, false)).isEqualTo(new ImportResult(0, 0, 0, 1500, 0, 0, 0, 3, 0, List.of(), List.of()));
		assertThat(count("subscriber")).isEqualTo(1500);
		assertThat(count("consent")).isEqualTo(1500);
	}

	@Test
	void aDryRunSaysTheSameAndChangesNothing() throws IOException {
		run(write("email\nann@example.org\nbob@example.org\n"), false);
		this.subscriptions.unsubscribe(1, subscriberId("bob@example.org"), ConsentSource.ADMIN, null);
		Path csv = write("email\nann@example.org\nbob@example.org\ncyd@example.org\nnobody\n");
		ImportResult dry = run(csv, true);
		assertThat(dry.added()).isEqualTo(1);
		assertThat(count("subscriber")).isEqualTo(2);
		assertThat(rejects()).doesNotExist();
		assertThat(run(csv, false)).isEqualTo(dry);
	}

	@Test
	void onlyTheFirstTwentyRejectionsAreHeldAndAllAreWritten() throws IOException {
		ImportResult result = run(write("email\n" + "nobody\n".repeat(5000)), false);
		assertThat(result.rejected()).isEqualTo(5000);
		assertThat(result.firstRejections()).hasSize(20);
		assertThat(Files.readAllLines(rejects())).hasSize(5001);
	}

	@Test
	void theFileItselfIsNotOverwritten() throws IOException {
		Path csv = write("email\nnobody\n");
		Path link = Files.createSymbolicLink(this.folder.resolve("link.csv"), csv);
		for (Path rejects : List.of(csv, link, this.folder.resolve("x/../list.csv"))) {
			assertThatExceptionOfType(Problem.class)
				.isThrownBy(() -> this.subscriberImport.run(csv, WEEKLY, rejects, false))
				.withMessageContaining("over the file they come from");
		}
		assertThat(csv).hasContent("email\nnobody\n");
	}

	@Test
	void nothingGoesInWhenTheRejectsCannotBeWritten() throws IOException {
		Path csv = write("email\nann@example.org\nnobody\n");
		Path nowhere = this.folder.resolve("none/rejects.csv");
		assertThatExceptionOfType(Problem.class)
			.isThrownBy(() -> this.subscriberImport.run(csv, WEEKLY, nowhere, false))
			.withMessageContaining("nothing was imported");
		Path taken = this.folder.resolve("taken");
		Files.createDirectories(taken.resolve("full"));
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.subscriberImport.run(csv, WEEKLY, taken, false));
		assertThat(count("subscriber")).isZero();
		assertThat(filesInFolder()).containsExactlyInAnyOrder("list.csv", "taken");
	}

	@Test
	void nothingGoesInWhenTheLastByteIsWrong() throws IOException {
		Path csv = write("email\n" + addresses(3000));
		Files.write(csv, new byte[] { (byte) 0x81 }, StandardOpenOption.APPEND);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> run(csv, false));
		assertThat(count("subscriber")).isZero();
	}

	@Test
	void importsOfOneListAtTheSameTimeAgree() throws IOException {
		Path csv = write("email\n" + addresses(3000));
		Path backwards = Files.writeString(this.folder.resolve("backwards.csv"),
				"email,name\n" + IntStream.range(0, 3000)
					.mapToObj((i) -> "reader" + (2999 - i) + "@example.org,R\n")
					.collect(Collectors.joining()));
		Path other = this.folder.resolve("other.rejects.csv");
		List<ImportResult> results = Stream.of(WEEKLY, MONTHLY)
			.flatMap((newsletter) -> Stream.of(csv, backwards)
				.map((list) -> CompletableFuture
					.supplyAsync(() -> this.subscriberImport.run(list, newsletter, other, false))))
			.toList()
			.stream()
			.map((running) -> running.orTimeout(60, TimeUnit.SECONDS).join())
			.toList();
		assertThat(results).extracting((result) -> result.added() + result.unchanged()).containsOnly(3000);
		assertThat(count("subscriber")).isEqualTo(3000);
		assertThat(count("subscription")).isEqualTo(6000);
		assertThat(count("consent")).isEqualTo(6000);
	}

	@Test
	void aLargeListTakesSeconds() throws IOException {
		Path csv = write("email,name\n" + IntStream.range(0, 30_000)
			.mapToObj((i) -> "reader" + i + "@example" + (i % 97) + ".org,Reader " + i + "\n")
			.collect(Collectors.joining()));
		Instant start = Instant.now();
		assertThat(run(csv, false).added()).isEqualTo(30_000);
		Duration taken = Duration.between(start, Instant.now());
		// Of 100,000 it is 3 s on two idle cores; a plan that looks through the whole
		// table took 400 s.
		assertThat(taken).isLessThan(Duration.ofSeconds(30));
		StringWriter export = new StringWriter();
		new SubscriberExport(this.database.jdbc()).run(WEEKLY, null, export);
		assertThat(export.toString().lines().count()).isEqualTo(30_001);
	}

	private static String addresses(int count) {
		return IntStream.range(0, count).mapToObj((i) -> "reader" + i + "@example.org\n").collect(Collectors.joining());
	}

	private ImportResult run(Path csv, boolean dryRun) {
		return this.subscriberImport.run(csv, WEEKLY, rejects(), dryRun);
	}

	private Path rejects() {
		return SubscriberImport.rejectsBeside(this.folder.resolve("list.csv"));
	}

	private Path write(String content) throws IOException {
		return Files.writeString(this.folder.resolve("list.csv"), content);
	}

	private List<String> filesInFolder() throws IOException {
		try (Stream<Path> files = Files.list(this.folder)) {
			return files.map((file) -> file.getFileName().toString()).toList();
		}
	}

	private String export(Newsletter newsletter) {
		StringWriter writer = new StringWriter();
		new SubscriberExport(this.database.jdbc()).run(newsletter, null, writer);
		return writer.toString();
	}

	private int subscriberId(String matchKey) {
		return this.database.jdbc()
			.sql("SELECT id FROM subscriber WHERE match_key = ?")
			.param(matchKey)
			.query(Integer.class)
			.single();
	}

	private int count(String table) {
		return this.database.jdbc().sql("SELECT COUNT(*) FROM " + table).query(Integer.class).single();
	}

}
