package dev.herald.web;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.herald.audit.Action;
import dev.herald.check.Finding;
import dev.herald.returns.BounceReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.context.i18n.LocaleContextHolder;

import static org.assertj.core.api.Assertions.assertThat;

class WordsTests {

	private static final Pattern USED = Pattern.compile("(?:msg|say)\\(\"([a-zA-Z0-9.-]+[a-zA-Z0-9])\"[,)]");

	private static final Pattern VALUE = Pattern.compile("\\{(\\d)[,}]");

	private static final Pattern LITERAL = Pattern.compile("\"([a-z]+\\.[a-zA-Z0-9._-]+)\"");

	/** Their names look like keys of words/pacing.properties. */
	private static final Set<String> SETTINGS = Set.of("pacing.dns", "pacing.warm-up");

	/** One that is shown, and what stands between two. */
	private static final Pattern APOSTROPHES = Pattern.compile("''|'[^']+'");

	private final Words words = new Words(Clock.fixed(Instant.parse("2026-11-24T08:00:00Z"), ZoneOffset.UTC));

	@Test
	void numbersAreGroupedAndAgreeWithTheirNouns() {
		assertThat(this.words.say("confirm.do.now", 12408)).isEqualTo("Send to 12,408 readers now");
		assertThat(this.words.say("confirm.do.now", 1)).isEqualTo("Send to 1 reader now");
		assertThat(this.words.say("confirm.audience", 0)).isEqualTo("No reader would get it");
	}

	@Test
	void timesComeWithTheirZone() {
		Instant instant = Instant.parse("2026-11-24T00:00:00Z");
		assertThat(this.words.at(instant, ZoneId.of("Asia/Shanghai")))
			.isEqualTo("Tue 24 Nov 2026, 08:00 Asia/Shanghai");
		assertThat(this.words.at(instant, ZoneOffset.UTC)).isEqualTo("Tue 24 Nov 2026, 00:00 UTC");
	}

	@Test
	void distancesAreSaidInTheirTwoLargestUnits() {
		assertThat(this.words.fromNow(Instant.parse("2026-11-24T11:12:00Z"))).isEqualTo("in 3 h 12 min");
		assertThat(this.words.fromNow(Instant.parse("2026-11-24T07:55:00Z"))).isEqualTo("5 min ago");
		assertThat(this.words.fromNow(Instant.parse("2026-11-24T08:00:00Z"))).isEqualTo("now");
		assertThat(this.words.span(Duration.ofHours(51))).isEqualTo("2 d 3 h");
	}

	@ParameterizedTest
	@MethodSource("wordFiles")
	void eachLanguageHasTheSameWordsAndTheyTakeTheSameValues(String file) throws IOException {
		Properties english = words(file + ".properties");
		Properties chinese = words(file + "_zh.properties");
		assertThat(chinese.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
		for (String key : english.stringPropertyNames()) {
			assertThat(values(chinese.getProperty(key))).as(key).isEqualTo(values(english.getProperty(key)));
		}
	}

	@ParameterizedTest
	@MethodSource("sentenceFiles")
	void everySentenceIsAPatternThatSaysWhatItShows(String file) throws IOException {
		for (String language : List.of(".properties", "_zh.properties")) {
			Properties words = words(file + language);
			for (String key : words.stringPropertyNames()) {
				assertThat(key).startsWith(file + ".");
				String pattern = words.getProperty(key);
				assertThat(APOSTROPHES.matcher(pattern).replaceAll("")).as(key).doesNotContain("'");
				int most = values(pattern).stream().mapToInt(Integer::parseInt).max().orElse(-1);
				assertThat(new MessageFormat(pattern).getFormatsByArgumentIndex()).as(key).hasSize(most + 1);
			}
		}
	}

	@Test
	void everySentenceThatIsSaidHasItsWordsAndAllWordsAreSaid() throws IOException {
		Set<String> files = sentenceFiles().collect(Collectors.toSet());
		Set<String> said = new TreeSet<>();
		for (Path file : javaFiles()) {
			String code = Files.readString(file);
			if (code.contains("Sentence") || code.contains("Condition.")) {
				LITERAL.matcher(code)
					.results()
					.map((found) -> found.group(1))
					.filter((literal) -> files.contains(literal.substring(0, literal.indexOf('.'))))
					.forEach(said::add);
			}
		}
		Set<String> known = new TreeSet<>();
		for (String file : files) {
			known.addAll(words(file + ".properties").stringPropertyNames());
		}
		assertThat(said).hasSizeGreaterThan(200);
		assertThat(known)
			.containsAll(said.stream().filter((key) -> !key.endsWith(".") && !SETTINGS.contains(key)).toList());
		// A key that ends in the name of a constant is put together where it is said; .do
		// is what to do about the other.
		assertThat(known).map((key) -> key.replaceFirst("\\.do$", ""))
			.allMatch((key) -> said.contains(key) || said.contains(key.replaceFirst("[^.]+$", "")));
	}

	static Stream<String> wordFiles() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("src/main/resources/words"))) {
			return files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.endsWith(".properties") && !name.endsWith("_zh.properties"))
				.map((name) -> name.replace(".properties", ""))
				.sorted()
				.toList()
				.stream();
		}
	}

	/** Those that {@link dev.herald.problem.Sentence} says. */
	static Stream<String> sentenceFiles() throws IOException {
		return wordFiles().filter((file) -> !file.equals("web"));
	}

	private static List<Path> javaFiles() throws IOException {
		try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
			return files.filter((file) -> file.toString().endsWith(".java")).toList();
		}
	}

	@Test
	void chineseIsSaidWhereItIsAskedFor() {
		LocaleContextHolder.setLocale(Locale.SIMPLIFIED_CHINESE);
		try {
			assertThat(this.words.say("confirm.do.now", 12408)).isEqualTo("立即发送给 12,408 位读者");
			assertThat(this.words.at(Instant.parse("2026-11-24T00:00:00Z"), ZoneId.of("Asia/Shanghai")))
				.isEqualTo("2026年11月24日 周二 08:00 Asia/Shanghai");
			assertThat(this.words.fromNow(Instant.parse("2026-11-24T11:12:00Z"))).isEqualTo("3 小时 12 分后");
		}
		finally {
			LocaleContextHolder.resetLocaleContext();
		}
	}

	private static Properties words(String name) throws IOException {
		Properties words = new Properties();
		try (Reader reader = Files.newBufferedReader(Path.of("src/main/resources/words", name))) {
			words.load(reader);
		}
		return words;
	}

	/** The numbers of the values that a sentence takes, wherever they stand in it. */
	private static Set<String> values(String sentence) {
		return VALUE.matcher(sentence).results().map((found) -> found.group(1)).collect(Collectors.toSet());
	}

	@Test
	void everyWordThatAViewOrAControllerUsesIsThere() throws IOException {
		Set<String> used = new TreeSet<>();
		for (Path file : files()) {
			Matcher matcher = USED.matcher(Files.readString(file));
			while (matcher.find()) {
				used.add(matcher.group(1));
			}
		}
		assertThat(used).hasSizeGreaterThan(100);
		assertThat(ResourceBundle.getBundle("words/web").keySet()).containsAll(used);
	}

	@Test
	void everyKindOfFindingHasItsHeading() {
		assertThat(Arrays.stream(Finding.Check.values()).map((check) -> "finding." + check.key()))
			.isSubsetOf(ResourceBundle.getBundle("words/web").keySet());
	}

	@Test
	void everyReasonOfABounceHasItsWords() {
		assertThat(Arrays.stream(BounceReason.values()).map((reason) -> "bounce.reason." + reason.text()))
			.isSubsetOf(ResourceBundle.getBundle("words/web").keySet());
	}

	@Test
	void everyActionOfTheAuditLogHasItsWords() {
		assertThat(Arrays.stream(Action.values()).map((action) -> "audit.do." + action.key()))
			.isSubsetOf(ResourceBundle.getBundle("words/web").keySet());
	}

	private static Iterable<Path> files() throws IOException {
		try (Stream<Path> views = Files.walk(Path.of("src/main/resources/views"));
				Stream<Path> classes = Files.walk(Path.of("src/main/java/dev/herald/web"))) {
			return Stream.concat(views, classes).filter(Files::isRegularFile).toList();
		}
	}

}
