package dev.herald.newsletter;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

import dev.herald.address.Mailbox;
import dev.herald.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class NewsletterSettingsTests {

	@ParameterizedTest
	@ValueSource(strings = { "en", "zh-CN", "zh-Hant-TW", "pt-BR", "sr-Latn", "es-419", "gsw" })
	void languageTagsOfBcp47AreTaken(String tag) {
		assertThat(NewsletterSettings.language(tag).toLanguageTag()).isEqualTo(tag);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "zh_CN", "english", "qq", "x-private", "en-", "en--US", "-", "zh-CN-", "en, de" })
	void otherLanguagesAreRefused(String tag) {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> NewsletterSettings.language(tag))
			.withMessageContaining("BCP 47");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://news.example.org", "http://localhost:8080/a/", "HTTPS://EXAMPLE.ORG/",
			"https://example.org/?p=1" })
	void wholeWebAddressesAreTaken(String url) {
		assertThat(NewsletterSettings.baseUrl(url)).hasToString(url);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "example.org", "/issues/", "//example.org/", "ftp://example.org/",
			"javascript:alert(1)", "https:", "https:///a", "https://", "http:example.org", "https://jo:pw@example.org/",
			"https://example.org/#a", "https://exa mple.org/", "https://example.org/\r\nX: y" })
	void otherBaseUrlsAreRefused(String url) {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> NewsletterSettings.baseUrl(url))
			.withMessageContaining("https://news.example.org/")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("\n", "\r"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "  ", "a\nb", "a\u0000b", "a\u202eb" })
	void namesAreOneLine(String name) {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> settings(name, ""));
	}

	@Test
	void lengthsAreLimited() {
		assertThat(settings("a".repeat(200), "b".repeat(500)).name()).hasSize(200);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> settings("a".repeat(201), ""));
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> settings("a", "b".repeat(501)));
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> settings("a", "b\u0007"));
		assertThatExceptionOfType(Problem.class)
			.isThrownBy(() -> NewsletterSettings.baseUrl("https://example.org/" + "a".repeat(500)));
	}

	@Test
	void aDelayIsDaysOrHoursUpToAYear() {
		assertThat(ArchiveDelay.of("7d").length()).isEqualTo(Duration.ofDays(7));
		assertThat(ArchiveDelay.of(" 36 h ")).hasToString("36h");
		assertThat(ArchiveDelay.of("48h")).hasToString("2d");
		assertThat(ArchiveDelay.of("0")).isEqualTo(ArchiveDelay.NONE).hasToString("0");
		for (String wrong : List.of("", "7", "-1d", "d", "1w", "367d", "99999d", "1e3h")) {
			assertThatExceptionOfType(Problem.class).as(wrong).isThrownBy(() -> ArchiveDelay.of(wrong));
		}
	}

	@Test
	void aWayOfTrackingIsOneOfThreeAndTheLessCounts() {
		assertThat(TrackingMode.of(" Totals ")).isEqualTo(TrackingMode.TOTALS);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> TrackingMode.of("all"))
			.withMessageContaining("none, totals, persons");
		assertThat(TrackingMode.PERSONS.atMost(TrackingMode.TOTALS)).isEqualTo(TrackingMode.TOTALS);
		assertThat(TrackingMode.NONE.atMost(TrackingMode.TOTALS)).isEqualTo(TrackingMode.NONE);
	}

	private static NewsletterSettings settings(String name, String postalAddress) {
		return new NewsletterSettings(name, Mailbox.parse("jo@example.org"), null, Locale.ENGLISH, null, postalAddress);
	}

}
