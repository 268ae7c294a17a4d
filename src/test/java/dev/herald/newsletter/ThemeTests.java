package dev.herald.newsletter;

import java.util.Locale;

import dev.herald.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ThemeTests {

	@Test
	void theDefaultIsInkOnWhiteAndNightBlueOnBlack() {
		assertThat(Theme.DEFAULT.light()).hasToString("Palette[accent=#0a58ca, ink=#1f2328, paper=#ffffff]");
		assertThat(Theme.DEFAULT.dark()).hasToString("Palette[accent=#8cb4ff, ink=#e4e6e9, paper=#16181b]");
		assertThat(Theme.DEFAULT.font()).hasToString("sans");
		assertThat(Theme.DEFAULT.logo()).isNull();
		assertThat(Theme.DEFAULT.width()).isEqualTo(600);
		assertThat(Theme.DEFAULT.contents()).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "#0a58ca, #0a58ca", "0A58CA, #0a58ca", "#abc, #aabbcc", "abc, #aabbcc", "' navy ', #000080",
			"'rgb(122, 46, 29)', #7a2e1d" })
	void coloursAreTakenAsPeopleWriteThem(String written, String colour) {
		assertThat(Theme.colour(written)).hasToString(colour);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "#", "#12", "#12345", "#1234567", "#ggg", "blurple", "red;}", "var(--x)",
			"#fff\n;color:red", "url(https://example.org)", "inherit", "rgba(0,0,0,0.5)", "\u001b[31m" })
	void whatIsNoColourIsRefused(String written) {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> Theme.colour(written))
			.withMessageEndingWith("is no colour. Write it as #0a58ca.")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("\n", "\u001b"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			value = { "sans | sans", "Sans-Serif | sans", "serif | serif", "Avenir Next | Avenir Next, sans",
					"'Avenir Next','Gill Sans', serif | Avenir Next, Gill Sans, serif", "思源宋体,  serif | 思源宋体, serif" })
	void fontsAreNamesAndWhatFollowsThem(String written, String font) {
		assertThat(Font.of(written)).hasToString(font);
		assertThat(Font.of(font)).isEqualTo(Font.of(written));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			value = { "zh-CN | 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC'",
					"zh | 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC'",
					"zh-TW | 'PingFang TC', 'Microsoft JhengHei', 'Noto Sans CJK TC'",
					"zh-Hant | 'PingFang TC', 'Microsoft JhengHei', 'Noto Sans CJK TC'",
					"ja | 'Hiragino Sans', 'Yu Gothic', 'Noto Sans CJK JP'",
					"ko-KR | 'Apple SD Gothic Neo', 'Malgun Gothic', 'Noto Sans CJK KR'" })
	void familiesOfAScriptWithIdeographsStandBeforeTheLastOne(String language, String families) {
		assertThat(Font.SANS.css(Locale.forLanguageTag(language)))
			.isEqualTo("-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, " + families
					+ ", sans-serif");
	}

	@Test
	void serifsHaveFamiliesOfTheirOwn() {
		assertThat(Font.of("Avenir Next, serif").css(Locale.SIMPLIFIED_CHINESE)).isEqualTo(
				"'Avenir Next', 'Iowan Old Style', Palatino, 'Palatino Linotype', Georgia, 'Songti SC', SimSun, 'Noto Serif CJK SC', serif");
		assertThat(Font.of("Avenir Next, serif").css(Locale.JAPANESE))
			.endsWith(", Georgia, 'Hiragino Mincho ProN', 'Yu Mincho', 'Noto Serif CJK JP', serif");
	}

	/** A Linux with none of the named ones set English in a font for Chinese: "It’ s". */
	@ParameterizedTest
	@ValueSource(strings = { "en", "fa", "de-AT", "und" })
	void noFamilyForChineseIsNamedWhereTheTextIsInNoneOfTheirLanguages(String language) {
		assertThat(Font.SANS.css(Locale.forLanguageTag(language)))
			.isEqualTo("-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ",", "serif, Georgia, ", "a;b", "a}b", "\"", "a'b", "a\\b", "<b>", "url(x)",
			"Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "a\u0000b" })
	void whatIsNoFontIsRefused(String written) {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> Font.of(written))
			.withMessageContaining("Write sans, serif, or names such as");
	}

	@Test
	void aFontHasAtMostEightFamiliesAndTheLongestFitsItsColumn() {
		String longest = ("A".repeat(40) + ", ").repeat(8) + "serif";
		assertThat(Font.of(longest).toString()).isEqualTo(longest).hasSizeLessThanOrEqualTo(350);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> Font.of("B, " + longest))
			.withMessage("A font has at most 8 families.");
	}

	@Test
	void aColumnIsNeitherNarrowNorWide() {
		assertThat(Theme.width("480")).isEqualTo(480);
		assertThat(width(480).width()).isEqualTo(480);
		assertThat(width(Theme.width(" 720 px")).width()).isEqualTo(720);
		for (int wrong : new int[] { 0, 479, 721, 999_999 }) {
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> width(wrong))
				.withMessage("A column's width is 480 to 720 px.");
		}
		for (String wrong : new String[] { "", "wide", "6e2", "-600", "600.5", "50%", "99999999999999999999" }) {
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> Theme.width(wrong))
				.withMessageEndingWith("is no width. Write a number of px, 480 to 720.");
		}
	}

	private static Theme width(int width) {
		return new Theme(Theme.DEFAULT.light(), Theme.DEFAULT.dark(), Font.SANS, null, width, false);
	}

	@Test
	void aLogoHasAnAddressAndASize() {
		Logo logo = Logo.of(" https://example.org/logo.png?v=2 ", "120 × 40 px");
		assertThat(logo.url()).hasToString("https://example.org/logo.png?v=2");
		assertThat(logo.size()).isEqualTo("120x40");
		assertThat(Logo.of("https://example.org/l.png", "720x400").width()).isEqualTo(720);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "logo.png", "http://example.org/l.png", "//example.org/l.png", "https:l.png",
			"data:image/png;base64,AAAA", "javascript:alert(1)", "https://jo:pw@example.org/l.png",
			"https://exa mple.org/l.png", "https://example.org/\"onerror=x" })
	void otherAddressesOfLogosAreRefused(String url) {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> Logo.of(url, "120x40"))
			.withMessageEndingWith("can't be a logo. It must be a whole address such as https://example.org/logo.png.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0x40", "120x0", "721x40", "120x401" })
	void sizesOfLogosAreLimited(String size) {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> Logo.of("https://example.org/l.png", size))
			.withMessage("A logo is 1 to 720 px wide and 1 to 400 px high, as it is shown.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "120", "120x", "axb", "99999x40", "-1x40" })
	void aLogoWithoutItsSizeIsRefused(String size) {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> Logo.of("https://example.org/l.png", size))
			.withMessage("A logo needs the width and height in px that it is shown in, such as 120x40.");
	}

	@Test
	void quietColoursFollowFromInkAndPaper() {
		Palette light = Theme.DEFAULT.light();
		assertThat(light.muted()).hasToString("#626569");
		assertThat(light.quote()).hasToString("#474b4f");
		assertThat(light.line()).hasToString("#dddedf");
		assertThat(light.block()).hasToString("#f4f4f4");
		Palette dark = Theme.DEFAULT.dark();
		assertThat(dark.muted()).hasToString("#a6a8ab");
		assertThat(dark.line()).hasToString("#35373a");
		assertThat(dark.block()).hasToString("#202225");
	}

	/** AA wants 4.5; #767676 on white has 4.54. */
	@Test
	void mutedTextStaysReadableWhereTheInkHardlyIs() {
		Palette hardly = new Palette(Colour.BLACK, Theme.colour("#6f6f6f"), Colour.WHITE);
		assertThat(hardly.muted().contrast(Colour.WHITE)).isBetween(4.5, 4.6);
		Palette not = new Palette(Colour.BLACK, Theme.colour("#999999"), Colour.WHITE);
		assertThat(not.muted()).isEqualTo(not.ink());
	}

}
