package dev.herald.render;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.herald.settings.OperatorFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Another language of all that readers see is one more file. */
class PageWordsTests {

	private static final Pattern FILLED_IN = Pattern.compile("\\{[a-z]+}");

	@TempDir
	private Path home;

	private PageWords words() {
		return new PageWords(new OperatorFiles(this.home));
	}

	private void write(String language, String content) throws IOException {
		Files.writeString(
				Files.createDirectories(this.home.resolve("templates/words")).resolve(language + ".properties"),
				content);
	}

	@Test
	void aFileOfAnOperatorIsALanguageOfAllPages() throws IOException {
		assertThat(words().languages()).containsExactlyInAnyOrder(Locale.ENGLISH, Locale.CHINESE);
		write("ar", "language=ar\npage.direction=rtl\npage.preferences.page.title=التفضيلات\n");
		PageWords words = words();
		assertThat(words.languages()).contains(Locale.forLanguageTag("ar"));
		assertThat(words.of("preferences", Locale.forLanguageTag("ar-EG"))).containsEntry("page.title", "التفضيلات")
			.containsEntry("direction", "rtl")
			.containsEntry("language", "ar")
			.as("a word that is missing")
			.containsEntry("newsletters", "Newsletters");
		assertThat(words.of("preferences", Locale.SIMPLIFIED_CHINESE)).containsEntry("direction", "ltr");
	}

	@Test
	void aFileOfMailsAloneIsNoLanguageOfPages() throws IOException {
		write("de", "language=de\nunsubscribe=Abmelden\n");
		assertThat(words().languages()).doesNotContain(Locale.GERMAN);
		assertThat(words().of("join", Locale.GERMAN)).containsEntry("language", "en")
			.containsEntry("form.button", "Subscribe")
			.containsEntry("form.title", "{newsletter} by email")
			.doesNotContainKey("offer.title");
	}

	@Test
	void bothLanguagesHaveTheSameWordsWithTheSameValues() {
		OperatorFiles packaged = new OperatorFiles(this.home);
		Properties english = Words.ofFile(packaged, "en");
		Properties chinese = Words.ofFile(packaged, "zh");
		assertThat(chinese.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
		for (String key : english.stringPropertyNames()) {
			assertThat(filledIn(chinese.getProperty(key))).as(key).isEqualTo(filledIn(english.getProperty(key)));
		}
		assertThat(List.of("join.form.button", "preferences.page.title", "unsubscribe.offer.title"))
			.allSatisfy((key) -> assertThat(english.stringPropertyNames()).contains("page." + key));
	}

	private static Set<String> filledIn(String word) {
		return FILLED_IN.matcher(word).results().map(MatchResult::group).collect(Collectors.toSet());
	}

}
