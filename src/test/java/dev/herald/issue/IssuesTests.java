package dev.herald.issue;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.herald.address.EmailAddress;
import dev.herald.address.Mailbox;
import dev.herald.issue.Issues.ImportOutcome;
import dev.herald.newsletter.Newsletter;
import dev.herald.problem.Problem;
import dev.herald.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class IssuesTests {

	private static final byte[] TEXT = "# Hello\r\n\r\nText".getBytes(StandardCharsets.UTF_8);

	private static final byte[] OTHER = "# Other\n\nText".getBytes(StandardCharsets.UTF_8);

	private final TestDatabase.Opened database;

	private final Issues issues;

	IssuesTests(TestDatabase database) {
		this.database = database.open();
		this.issues = new Issues(this.database.jdbc(), this.database.transactions(), (event) -> {
		}, Clock.fixed(Instant.parse("2026-11-24T08:00:00Z"), ZoneOffset.UTC));
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	private Newsletter newsletter(int id, String key) {
		this.database.jdbc().sql("""
				INSERT INTO newsletter (id, name_key, name, sender_name, sender_address, language, created_at)
				VALUES (?, ?, 'N', 'N', 'n@example.org', 'en', '2026-01-01 00:00:00')
				""").params(id, key).update();
		return new Newsletter(id, key, "N", new Mailbox("N", new EmailAddress("n@example.org")), null, Locale.ENGLISH,
				null, "");
	}

	@Test
	void anImportedIssueIsFoundAndItsBytesAreKept() {
		Newsletter weekly = newsletter(1, "weekly");
		Issue issue = this.issues.importFile(weekly, "/tmp/2017-11-14.md", TEXT, null).issue();
		assertThat(issue.slug()).isEqualTo("2017-11-14");
		assertThat(issue.title()).isEqualTo("Hello");
		assertThat(issue.date()).isEqualTo("2017-11-14");
		assertThat(this.issues.require("2017-11-14", null)).isEqualTo(issue);
		assertThat(this.issues.require("2017-11-14", "weekly")).isEqualTo(issue);
		assertThat(this.issues.byId(issue.id())).isEqualTo(issue);
		assertThat(this.issues.source(issue.versionId())).isEqualTo(IssueReader.read("2017-11-14.md", TEXT));
		assertThat(this.database.jdbc().sql("SELECT source FROM issue_version").query(byte[].class).single())
			.isEqualTo(TEXT);
	}

	@Test
	void theSameContentAgainChangesNothingAndOtherContentIsRefused() {
		Newsletter weekly = newsletter(1, "weekly");
		Issue issue = this.issues.importFile(weekly, "a.md", TEXT, null).issue();
		assertThat(this.issues.importFile(weekly, "a.md", TEXT, null)).isEqualTo(new ImportOutcome.Unchanged(issue));
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.issues.importFile(weekly, "a.md", OTHER, null))
			.withMessage(
					"a.md: the newsletter weekly has an issue a already, with other content (\"Hello\"). Nothing was changed. Import this file under another slug: --slug a-2.")
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Problem.Kind.WORK));
		assertThat(this.issues.importFile(weekly, "a.md", OTHER, "a-2").issue().slug()).isEqualTo("a-2");
		assertThat(this.issues.newest(1, 0, 10)).extracting(Issue::slug).containsExactly("a-2", "a");
		assertThat(this.issues.newest(1, 1, 10)).extracting(Issue::slug).containsExactly("a");
		assertThat(this.issues.newest(1, 0, 1)).extracting(Issue::slug).containsExactly("a-2");
		assertThat(this.issues.count(1)).isEqualTo(2);
	}

	@Test
	void theSourceHasTheSlugThatTheImportGaveIt() {
		Issue issue = this.issues.importFile(newsletter(1, "weekly"), "a.md", TEXT, "other").issue();
		assertThat(this.issues.source(issue.versionId()).slug()).isEqualTo("other");
	}

	@Test
	void aSlugInTwoNewslettersIsAmbiguous() {
		this.issues.importFile(newsletter(1, "weekly"), "a.md", TEXT, null);
		Issue other = this.issues.importFile(newsletter(2, "daily"), "a.md", TEXT, null).issue();
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.issues.require("a", null))
			.withMessage("Several newsletters have an issue a: daily/a, weekly/a. Say which with --newsletter KEY.")
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Problem.Kind.USAGE));
		assertThat(this.issues.require("a", "daily")).isEqualTo(other);
	}

	@Test
	void anUnknownSlugNamesWhatIsNear() {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.issues.require("a", null))
			.withMessageContaining("nor any other");
		Newsletter weekly = newsletter(1, "weekly");
		this.issues.importFile(weekly, "2017-11-14.md", TEXT, null);
		this.issues.importFile(weekly, "嵌入式.md", OTHER, null);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.issues.require("2017-11-15", null))
			.withMessage("There is no issue 2017-11-15. Near it are: weekly/2017-11-14.");
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.issues.require("nothing", "weekly"))
			.withMessage(
					"There is no issue nothing in newsletter weekly. The newest are: weekly/嵌入式, weekly/2017-11-14.");
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.issues.require("a", "weakly"))
			.withMessage("There is no newsletter weakly. There are: weekly.");
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.issues.byId(77));
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.issues.source(77));
	}

	@Test
	void aGivenSlugMustBeSafe() {
		Newsletter weekly = newsletter(1, "weekly");
		assertThatExceptionOfType(Problem.class)
			.isThrownBy(() -> this.issues.importFile(weekly, "a.md", TEXT, "../My Issue"))
			.withMessageContaining("as in my-issue")
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Problem.Kind.USAGE));
	}

	@Test
	void twoImportsAtOnceMakeOneIssue() throws InterruptedException, ExecutionException {
		Newsletter weekly = newsletter(1, "weekly");
		ExecutorService threads = Executors.newFixedThreadPool(8);
		try {
			List<Callable<ImportOutcome>> calls = new ArrayList<>();
			for (int i = 0; i < 24; i++) {
				calls.add(() -> this.issues.importFile(weekly, "a.md", TEXT, null));
			}
			List<ImportOutcome> outcomes = new ArrayList<>();
			for (Future<ImportOutcome> future : threads.invokeAll(calls)) {
				outcomes.add(future.get());
			}
			assertThat(outcomes).filteredOn(ImportOutcome.Imported.class::isInstance).hasSize(1);
			assertThat(outcomes).extracting((outcome) -> outcome.issue().versionId())
				.containsOnly(this.issues.require("a", "weekly").versionId());
		}
		finally {
			threads.shutdownNow();
		}
	}

}
