package dev.herald.issue;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;

import dev.herald.address.EmailAddress;
import dev.herald.address.Mailbox;
import dev.herald.issue.Drafts.Keeping;
import dev.herald.issue.Drafts.Seen;
import dev.herald.issue.Versions.Saving;
import dev.herald.newsletter.Newsletter;
import dev.herald.problem.Problem;
import dev.herald.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/** Drafts, and how they become versions. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class DraftsTests {

	private static final String ANN = "ann@example.org";

	private static final String BOB = "bob@example.org";

	private final TestDatabase.Opened database;

	private final Issues issues;

	private final Drafts drafts;

	private final Versions versions;

	private final Newsletter weekly;

	private final Issue issue;

	DraftsTests(TestDatabase database) {
		this.database = database.open();
		Clock clock = Clock.fixed(Instant.parse("2026-11-24T08:00:00Z"), ZoneOffset.UTC);
		this.issues = new Issues(this.database.jdbc(), this.database.transactions(), (event) -> {
		}, clock);
		this.drafts = new Drafts(this.database.jdbc(), clock);
		this.versions = new Versions(this.database.jdbc(), this.drafts, this.database.transactions(), (event) -> {
		}, clock);
		this.database.jdbc().sql("""
				INSERT INTO newsletter (id, name_key, name, sender_name, sender_address, language, created_at)
				VALUES (1, 'weekly', 'N', 'N', 'n@example.org', 'en', '2026-01-01 00:00:00')
				""").update();
		this.weekly = new Newsletter(1, "weekly", "N", new Mailbox("N", new EmailAddress("n@example.org")), null,
				Locale.ENGLISH, null, "");
		this.issue = this.issues
			.importFile(this.weekly, "first.md", "\uFEFF# First\r\n\r\nText.".getBytes(StandardCharsets.UTF_8), null)
			.issue();
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	private Draft kept(String writer, @Nullable Seen seen, String text) {
		Keeping keeping = this.drafts.keep(this.issue, writer, seen, this.issue.versionId(), text);
		assertThat(keeping).isInstanceOf(Keeping.Kept.class);
		return keeping.draft();
	}

	private static Seen seen(Draft draft) {
		return new Seen(draft.id(), draft.revision());
	}

	@Test
	void aTextIsReplacedByWhoHasSeenItLast() {
		Draft first = kept(ANN, null, "# One");
		Draft second = kept(ANN, seen(first), "# Two\r\n\r\n铜壶");
		assertThat(second.id()).isEqualTo(first.id());
		assertThat(second.revision()).isEqualTo(2);
		assertThat(this.drafts.text(second)).isEqualTo("# Two\n\n铜壶");
		assertThat(this.drafts.ofIssue(this.issue.id())).containsExactly(second);
		assertThat(this.drafts.ofNewsletter(1)).containsExactly(second);
	}

	@Test
	void ofTwoTabsBothTextsAreKept() {
		Draft opened = kept(ANN, null, "# Opened");
		Draft one = kept(ANN, seen(opened), "# Of the first tab");
		Keeping other = this.drafts.keep(this.issue, ANN, seen(opened), this.issue.versionId(), "# Of the second tab");
		assertThat(other).isEqualTo(new Keeping.KeptBeside(other.draft(), one));
		assertThat(this.drafts.ofIssue(this.issue.id())).extracting(this.drafts::text)
			.containsExactlyInAnyOrder("# Of the first tab", "# Of the second tab");
	}

	@Test
	void ofTwoPeopleBothTextsAreKept() {
		Draft ann = kept(ANN, null, "# Ann's");
		Keeping bob = this.drafts.keep(this.issue, BOB, seen(ann), this.issue.versionId(), "# Bob's");
		assertThat(bob).isEqualTo(new Keeping.KeptBeside(bob.draft(), ann));
		assertThat(this.drafts.text(ann)).isEqualTo("# Ann's");
		assertThat(this.drafts.discard(this.issue, BOB, ann.id())).isFalse();
	}

	@Test
	void whatIsKeptAgainSinceTheAnswerWasLostIsTheSameDraft() {
		Draft first = kept(ANN, null, "# One");
		Draft second = kept(ANN, seen(first), "# Two");
		assertThat(kept(ANN, seen(first), "# Two")).isEqualTo(second);
	}

	@Test
	void whatIsTypedOnAfterItsDraftBecameAVersionIsANewDraft() {
		Draft draft = kept(ANN, null, "# First\n\nMore.");
		this.versions.save(this.issue, this.issue.versionId(), "# First\n\nMore.", ANN, seen(draft));
		assertThat(kept(ANN, seen(draft), "# First\n\nStill more.").id()).isNotEqualTo(draft.id());
	}

	@Test
	void tooLongATextOrTooManyAreRefusedAndNothingIsLost() {
		Draft draft = kept(ANN, null, "# One");
		assertThatExceptionOfType(Problem.class)
			.isThrownBy(() -> kept(ANN, seen(draft), "壶".repeat(Drafts.MAX_SIZE / 3 + 1)))
			.withMessageContaining("(1,048,578 of 1,048,576 octets)");
		for (int i = 0; i < 9; i++) {
			kept(ANN, null, "# Another " + i);
		}
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> kept(ANN, null, "# One too many"))
			.withMessageStartingWith("Not kept: there are 10 drafts of first by you already.");
		assertThat(this.drafts.text(draft)).isEqualTo("# One");
		assertThat(kept(BOB, null, "# Bob's").writer()).isEqualTo(BOB);
	}

	@Test
	void aDiscardedDraftCanBeBroughtBackUntilTheNextOne() {
		Draft one = kept(ANN, null, "# One");
		Draft two = kept(ANN, null, "# Two");
		assertThat(this.drafts.discard(this.issue, ANN, one.id())).isTrue();
		assertThat(this.drafts.discard(this.issue, ANN, one.id())).isFalse();
		assertThat(this.drafts.find(this.issue, one.id())).isEmpty();
		assertThat(this.drafts.bringBack(this.issue, BOB, one.id())).isFalse();
		assertThat(this.drafts.bringBack(this.issue, ANN, one.id())).isTrue();
		this.drafts.discard(this.issue, ANN, one.id());
		this.drafts.discard(this.issue, ANN, two.id());
		assertThat(this.drafts.bringBack(this.issue, ANN, one.id())).isFalse();
		assertThat(this.drafts.bringBack(this.issue, ANN, two.id())).isTrue();
	}

	@Test
	void savingMakesAVersionAndSendsKeepTheirs() {
		Draft draft = kept(ANN, null, "---\ntitle: Second\ndate: 2026-11-25\nslug: other\n---\nMore.");
		Saving saving = this.versions.save(this.issue, this.issue.versionId(), this.drafts.text(draft), ANN,
				seen(draft));
		Issue saved = this.issues.byId(this.issue.id());
		assertThat(saving).isEqualTo(new Saving.Saved(this.versions.current(saved)));
		assertThat(saved.title()).isEqualTo("Second");
		assertThat(saved.date()).isEqualTo("2026-11-25");
		assertThat(saved.slug()).isEqualTo("first");
		assertThat(this.versions.ofIssue(saved.id())).extracting(Version::number, Version::writer)
			.containsExactly(tuple(2, ANN), tuple(1, ""));
		assertThat(this.versions.text(this.versions.byNumber(saved, 1))).isEqualTo("# First\n\nText.");
		assertThat(this.issues.source(this.issue.versionId()).title()).isEqualTo("First");
		assertThat(this.drafts.ofIssue(saved.id())).isEmpty();
	}

	@Test
	void nothingIsSavedTwiceAndTheBytesOfAnImportStay() {
		Saving saving = this.versions.save(this.issue, this.issue.versionId(), "# First\r\n\r\nText.", ANN, null);
		assertThat(saving).isInstanceOf(Saving.Unchanged.class);
		assertThat(this.versions.ofIssue(this.issue.id())).hasSize(1);
	}

	@Test
	void whoHasNotSeenTheNewestVersionIsToldAndKeepsTheDraft() {
		Draft ann = kept(ANN, null, "# Ann's\n\nText.");
		this.versions.save(this.issue, this.issue.versionId(), "# Bob's\n\nText.", BOB, null);
		Saving saving = this.versions.save(this.issue, ann.basedOn(), this.drafts.text(ann), ANN, seen(ann));
		assertThat(saving).isInstanceOfSatisfying(Saving.Conflict.class, (conflict) -> {
			assertThat(conflict.newest().writer()).isEqualTo(BOB);
			assertThat(this.versions.save(this.issue, conflict.newest().id(), this.drafts.text(ann), ANN, seen(ann)))
				.isInstanceOf(Saving.Saved.class);
		});
		assertThat(this.issues.byId(this.issue.id()).title()).isEqualTo("Ann's");
		assertThat(this.versions.ofIssue(this.issue.id())).hasSize(3);
		assertThat(this.drafts.ofIssue(this.issue.id())).isEmpty();
	}

	@Test
	void aDraftThatWasTypedOnWhileItWasSavedStays() {
		Draft draft = kept(ANN, null, "# One\n\nText.");
		Draft later = kept(ANN, seen(draft), "# One\n\nText, and more.");
		this.versions.save(this.issue, this.issue.versionId(), "# One\n\nText.", ANN, seen(draft));
		assertThat(this.drafts.ofIssue(this.issue.id())).containsExactly(later);
	}

	@Test
	void whatCannotBeReadIsNoVersion() {
		for (String text : new String[] { "", "# Only a heading", "---\ntitle: [\n---\nText" }) {
			assertThatExceptionOfType(Problem.class).as(text)
				.isThrownBy(() -> this.versions.save(this.issue, this.issue.versionId(), text, ANN, null))
				.withMessageStartingWith("first.md");
		}
		assertThat(this.versions.ofIssue(this.issue.id())).hasSize(1);
	}

	@Test
	void anIssueIsBegunWithItsTitle() {
		Issue begun = this.issues.begin(this.weekly, " Kettles &\n*copper* ", null);
		assertThat(begun.slug()).isEqualTo("kettles-copper");
		assertThat(begun.title()).isEqualTo("Kettles & copper");
		assertThat(this.versions.text(this.versions.current(begun))).isEqualTo("# Kettles & *copper*\n\n");
		assertThat(this.issues.begin(this.weekly, "铜壶", null).slug()).isEqualTo("铜壶");
		assertThatExceptionOfType(Problem.class)
			.isThrownBy(() -> this.issues.begin(this.weekly, "Kettles copper", null))
			.withMessageEndingWith("Begin this one under another slug: kettles-copper-2.");
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.issues.begin(this.weekly, " -- ", null));
	}

}
