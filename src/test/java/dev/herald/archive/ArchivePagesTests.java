package dev.herald.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.herald.archive.PublishedIssues.Edition;
import dev.herald.issue.Issues;
import dev.herald.newsletter.Newsletter;
import dev.herald.render.ArchiveCompiler;
import dev.herald.render.RenderSettings;
import dev.herald.settings.Installation;
import dev.herald.settings.OperatorFiles;
import dev.herald.testing.HandClock;
import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;

import static org.assertj.core.api.Assertions.assertThat;

/** How soon a page follows an operator's files, by a clock that stands still. */
class ArchivePagesTests {

	private final TestDatabase.Opened database = TestDatabase.H2.open();

	private final TestHerald herald = TestHerald.on(this.database);

	private final HandClock clock = new HandClock(Instant.parse("2026-11-24T08:00:00Z"));

	@TempDir
	private Path home;

	private Path template;

	private Edition first;

	private Edition second;

	private ArchivePages pages;

	@BeforeEach
	void anOperatorsTemplate() throws IOException {
		Newsletter weekly = this.herald.newsletter("weekly", 0);
		this.first = new Edition(weekly, this.herald.issue(weekly, "first").versionId(), true);
		this.second = new Edition(weekly, this.herald.issue(weekly, "second").versionId(), true);
		this.template = this.home.resolve("templates/archive/issue.ftlh");
		Files.createDirectories(this.template.getParent());
		Files.writeString(this.template, "<p>old");
		this.pages = new ArchivePages(this.herald.get(Issues.class), new ArchiveCompiler(new OperatorFiles(this.home),
				this.herald.get(Installation.class), this.herald.get(RenderSettings.class)), this.clock);
	}

	@AfterEach
	void close() {
		this.herald.close();
		this.database.close();
	}

	private String page(Edition edition) {
		return this.pages.of(edition).orElseThrow().html();
	}

	@Test
	void aChangedTemplateIsSeenAfterTwoSecondsAndNotLookedForBefore() throws IOException {
		assertThat(page(this.first)).contains("<p>old");
		Files.writeString(this.template, "<p>new");
		this.clock.forward(Duration.ofMillis(1999));
		assertThat(page(this.first)).contains("<p>old");
		this.clock.forward(Duration.ofMillis(1));
		assertThat(page(this.first)).contains("<p>new");
	}

	@Test
	void whatIsMadeMeanwhileIsMadeOfTheNewOneAndGoesWithIt() throws IOException {
		page(this.first);
		Files.writeString(this.template, "<p>new");
		assertThat(page(this.second)).contains("<p>new");
		assertThat(page(this.first)).as("now it is known").contains("<p>new");
		Files.writeString(this.template, "<p>old");
		this.clock.forward(Duration.ofSeconds(2));
		assertThat(page(this.second)).contains("<p>old");
	}

	@Test
	void whatIsSaidWhereThereIsNoPageFollowsItsTemplateAsSoon() throws IOException {
		Path missing = this.home.resolve("templates/archive/missing.ftlh");
		Files.writeString(missing, "<p>old ${lang}");
		assertThat(this.pages.missing(Locale.ENGLISH).html()).contains("<p>old en");
		Files.writeString(missing, "<p>new ${lang}");
		assertThat(this.pages.missing(Locale.ENGLISH).html()).contains("<p>old en");
		assertThat(this.pages.missing(Locale.CHINESE).html()).contains("<p>new zh");
		this.clock.forward(Duration.ofSeconds(2));
		assertThat(this.pages.missing(Locale.ENGLISH).html()).contains("<p>new en");
	}

	@Test
	void aWordIsSeenTooAndAPageThatIsPublishedSaysSoNoLonger() throws IOException {
		Files.writeString(this.template, "<p>${issue.published?c} ${words.archived}");
		Path words = Files.createDirectories(this.home.resolve("templates/words")).resolve("en.properties");
		Files.writeString(words, "archived=one");
		assertThat(page(new Edition(this.first.newsletter(), this.first.versionId(), false))).contains("<p>false one");
		assertThat(page(this.first)).contains("<p>true one");
		Files.writeString(words, "archived=two");
		this.clock.forward(Duration.ofSeconds(2));
		assertThat(page(this.first)).contains("<p>true two");
	}

}
