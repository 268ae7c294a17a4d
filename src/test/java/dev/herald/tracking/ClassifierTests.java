package dev.herald.tracking;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class ClassifierTests {

	private static final Instant ACCEPTED = Instant.parse("2026-11-26T08:00:00Z");

	private static final Instant LATER = Instant.parse("2026-11-26T09:00:00Z");

	private static final Classifier.Mail TEN_LINKS = new Classifier.Mail(10, ACCEPTED, true);

	private static final String CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36";

	static Stream<Recorded> recorded() {
		try (InputStream file = Objects.requireNonNull(ClassifierTests.class.getResourceAsStream("requests.txt"))) {
			String text = new String(file.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^#.*\\n", "").strip();
			return Arrays.stream(text.split("\\n\\n", -1)).map(Recorded::read);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@ParameterizedTest
	@MethodSource("recorded")
	void eachKindOfRequestIsTakenForWhatItIs(Recorded recorded) {
		assertThat(Classifier.classify(TEN_LINKS, List.of(recorded.request()))).containsExactly(recorded.rule());
	}

	@Test
	void everyRuleIsDocumented() throws IOException {
		String documented = Files.readString(Path.of("docs/tracking.md"));
		assertThat(Rule.values()).allSatisfy(
				(rule) -> assertThat(documented).contains("`" + rule.name().toLowerCase(Locale.ROOT).replace('_', '-')
						+ "` | " + rule.actor().name().toLowerCase(Locale.ROOT)));
	}

	@Test
	void nobodyReadsAMailBeforeTheRelayHasItOrInItsFirstSeconds() {
		Classifier.Mail waiting = new Classifier.Mail(10, null, true);
		assertThat(rules(waiting, click("a", LATER))).containsExactly(Rule.TOO_EARLY);
		assertThat(rules(TEN_LINKS, click("a", ACCEPTED.plusMillis(2_999)))).containsExactly(Rule.TOO_EARLY);
		assertThat(rules(TEN_LINKS, click("a", ACCEPTED.plusSeconds(3)))).containsExactly(Rule.READER);
		assertThat(rules(TEN_LINKS, open(ACCEPTED.minusSeconds(1)))).containsExactly(Rule.TOO_EARLY);
		assertThat(rules(new Classifier.Mail(10, null, false), click("a", ACCEPTED)))
			.as("nobody's mail has no time of its own")
			.containsExactly(Rule.READER);
	}

	@Test
	void allLinksWithinSecondsAreAScannersWhateverItCallsItself() {
		Classifier.Mail three = new Classifier.Mail(3, ACCEPTED, true);
		List<MailRequest> all = List.of(click("a", LATER), click("b", LATER.plusSeconds(2)),
				click("c", LATER.plusSeconds(4)));
		assertThat(Classifier.classify(three, all)).containsOnly(Rule.BURST);
		assertThat(Classifier.classify(TEN_LINKS, all)).as("three of ten in four seconds").containsOnly(Rule.READER);
		List<MailRequest> five = new ArrayList<>(all);
		five.add(click("d", LATER.plusSeconds(6)));
		five.add(click("e", LATER.plusSeconds(8)));
		assertThat(Classifier.classify(TEN_LINKS, five)).containsOnly(Rule.BURST);
	}

	@Test
	void twoLinksAtOnceAreABurstAndOneLinkTwiceIsImpatience() {
		assertThat(rules(TEN_LINKS, click("a", LATER), click("b", LATER.plusMillis(400)))).containsOnly(Rule.BURST);
		assertThat(rules(TEN_LINKS, click("a", LATER), click("a", LATER.plusMillis(400)))).containsOnly(Rule.READER);
		assertThat(rules(TEN_LINKS, click("a", LATER), click("b", LATER.plusSeconds(5)))).containsOnly(Rule.READER);
	}

	@Test
	void whatOneRequestGivesAwayHoldsForTheProgramAndNobodyElse() {
		MailRequest head = new MailRequest("a", LATER, "HEAD", "192.0.2.1", CHROME, "en", "");
		MailRequest get = new MailRequest("a", LATER.plusSeconds(3), "GET", "192.0.2.1", CHROME, "en", "");
		MailRequest reader = new MailRequest("a", LATER.plusSeconds(5), "GET", "198.51.100.7", CHROME, "en", "");
		assertThat(rules(TEN_LINKS, head, get, reader)).containsExactly(Rule.HEAD, Rule.SAME_PROGRAM, Rule.READER);
	}

	@Test
	void whoFollowsTheLinkThatNobodySeesIsAMachineInAllItDoes() {
		MailRequest trap = new MailRequest(MailRequest.TRAP, LATER.plusSeconds(4), "GET", "192.0.2.1", CHROME, "en",
				"");
		MailRequest other = new MailRequest("a", LATER, "GET", "198.51.100.7", CHROME, "en", "");
		assertThat(rules(TEN_LINKS, click("a", LATER), trap, other)).containsExactly(Rule.TRAP, Rule.TRAP, Rule.READER);
	}

	@Test
	void aBrowserThatFetchedAheadIsAPersonsWhenTheLinkIsFollowed() {
		MailRequest ahead = new MailRequest("a", LATER, "GET", "192.0.2.1", CHROME, "en", "prefetch");
		assertThat(rules(TEN_LINKS, ahead, click("a", LATER.plusSeconds(2)))).containsExactly(Rule.PREFETCH,
				Rule.READER);
	}

	private static List<Rule> rules(Classifier.Mail mail, MailRequest... requests) {
		return Classifier.classify(mail, List.of(requests));
	}

	private static MailRequest click(String link, Instant at) {
		return new MailRequest(link, at, "GET", "192.0.2.1", CHROME, "en", "");
	}

	private static MailRequest open(Instant at) {
		return new MailRequest(MailRequest.PIXEL, at, "GET", "192.0.2.1", CHROME, "en", "");
	}

	private record Recorded(String name, Rule rule, MailRequest request) {

		static Recorded read(String block) {
			List<String> lines = block.lines().toList();
			String[] kind = lines.get(2).split(" ", -1);
			return new Recorded(lines.get(0), Rule.valueOf(lines.get(1)),
					new MailRequest(kind[0].equals("OPEN") ? MailRequest.PIXEL : "abcdefgh", LATER,
							(kind.length > 1) ? kind[1] : "GET", "192.0.2.1", field(lines, "User-Agent"),
							field(lines, "Accept-Language"),
							String
								.join(" ", field(lines, "Sec-Purpose"), field(lines, "Purpose"), field(lines, "X-Moz"))
								.strip()));
		}

		private static String field(List<String> lines, String name) {
			return lines.stream()
				.filter((line) -> line.startsWith(name + ": "))
				.map((line) -> line.substring(name.length() + 2))
				.findFirst()
				.orElse("");
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

}
