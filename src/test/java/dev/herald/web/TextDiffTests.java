package dev.herald.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.herald.web.DiffLine.Kind;
import dev.herald.web.DiffLine.Piece;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class TextDiffTests {

	private static final String TEN = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n";

	private static String shown(String before, String after) {
		return TextDiff.of(before, after).stream().map(TextDiffTests::line).collect(Collectors.joining("\n"));
	}

	/** Its mark, its numbers, its text with what differs in brackets. */
	private static String line(DiffLine line) {
		String text = line.pieces()
			.stream()
			.map((piece) -> piece.changed() ? "[" + piece.text() + "]" : piece.text())
			.collect(Collectors.joining());
		return switch (line.kind()) {
			case SAME -> " %d %d %s".formatted(line.before(), line.after(), text);
			case REMOVED -> "-%d %s".formatted(line.before(), text);
			case ADDED -> "+%d %s".formatted(line.after(), text);
			case SKIPPED -> "… " + line.skipped();
		};
	}

	@Test
	void equalTextsDifferInNothing() {
		assertThat(TextDiff.of("a\nb", "a\r\nb\n")).isEmpty();
		assertThat(TextDiff.of("", "")).isEmpty();
	}

	@Test
	void aChangedLineShowsItsWordsAndThreeLinesAround() {
		assertThat(shown(TEN.replace("5", "The kettle is small."), TEN.replace("5", "The kettle is very large.")))
			.isEqualTo("""
					… 1
					 2 2 2
					 3 3 3
					 4 4 4
					-5 The kettle is [small].
					+5 The kettle is [very large].
					 6 6 6
					 7 7 7
					 8 8 8
					… 2""");
	}

	@Test
	void linesThatCameOrWentMoveTheNumbersOfTheRest() {
		assertThat(shown("a\nb\nc\nd", "new\na\nc\nd")).isEqualTo("""
				+1 [new]
				 1 2 a
				-2 [b]
				 3 3 c
				 4 4 d""");
	}

	@Test
	void changesThatAreNearShareTheLinesBetweenThem() {
		assertThat(shown(TEN, TEN.replace("2", "two").replace("6", "six"))).isEqualTo("""
				 1 1 1
				-2 [2]
				+2 [two]
				 3 3 3
				 4 4 4
				 5 5 5
				-6 [6]
				+6 [six]
				 7 7 7
				 8 8 8
				 9 9 9
				… 1""");
	}

	@Test
	void inChineseACharacterIsAWord() {
		assertThat(shown("铜壶回来了。", "铜锅回来了。")).isEqualTo("-1 铜[壶]回来了。\n+1 铜[锅]回来了。");
	}

	@Test
	void linesWithLittleInCommonAreShownWhole() {
		assertThat(shown("A kettle of copper.", "Nobody knows what it was."))
			.isEqualTo("-1 [A kettle of copper.]\n+1 [Nobody knows what it was.]");
	}

	@Test
	void nothingIsLostWhateverDiffers() {
		Random random = new Random(41);
		for (int round = 0; round < 2_000; round++) {
			List<String> before = text(random);
			List<String> after = (round % 2 == 0) ? text(random) : edited(before, random);
			List<DiffLine> lines = TextDiff.of(String.join("\n", before), String.join("\n", after));
			assertThat(side(lines, before, Kind.REMOVED)).as(before + " " + after).isEqualTo(before);
			assertThat(side(lines, after, Kind.ADDED)).as(before + " " + after).isEqualTo(after);
		}
	}

	/** One of the texts again, with what is not shown taken from the text itself. */
	private static List<String> side(List<DiffLine> lines, List<String> text, Kind own) {
		if (lines.isEmpty()) {
			return text;
		}
		List<String> result = new ArrayList<>();
		for (DiffLine line : lines) {
			if (line.kind() == Kind.SKIPPED) {
				result.addAll(text.subList(result.size(), result.size() + line.skipped()));
			}
			else if (line.kind() == Kind.SAME || line.kind() == own) {
				result.add(line.pieces().stream().map(Piece::text).collect(Collectors.joining()));
				assertThat((own == Kind.ADDED) ? line.after() : line.before()).isEqualTo(result.size());
			}
		}
		return result;
	}

	private static List<String> text(Random random) {
		return IntStream.range(0, 1 + random.nextInt(25)).mapToObj((i) -> words(random)).toList();
	}

	private static String words(Random random) {
		return IntStream.range(0, 1 + random.nextInt(4))
			.mapToObj((i) -> List.of("a", "kettle", "壶", "of", "😀", "<b>").get(random.nextInt(6)))
			.collect(Collectors.joining(" "));
	}

	private static List<String> edited(List<String> text, Random random) {
		List<String> result = new ArrayList<>(text);
		for (int i = 0; i < 3; i++) {
			result.add(random.nextInt(result.size() + 1), words(random));
			result.remove(random.nextInt(result.size()));
		}
		return result;
	}

	@Test
	void textsWithNothingInCommonAndLongLinesTakeNoMinutes() {
		String one = IntStream.range(0, 40_000).mapToObj((i) -> "one " + i).collect(Collectors.joining("\n"));
		String two = IntStream.range(0, 40_000).mapToObj((i) -> "two " + i).collect(Collectors.joining("\n"));
		assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
			assertThat(TextDiff.of(one, two)).hasSize(80_000);
			String some = one.lines().limit(TextDiff.MOST_LINES / 2).collect(Collectors.joining("\n"));
			String others = two.lines().limit(TextDiff.MOST_LINES / 2).collect(Collectors.joining("\n"));
			assertThat(TextDiff.of(some, others)).hasSize(TextDiff.MOST_LINES);
			assertThat(shown("a ".repeat(500_000), "b ".repeat(500_000))).startsWith("-1 [a a ");
			assertThat(shown("a b ".repeat(249) + "x", "b a ".repeat(249) + "y")).contains("a");
		});
	}

}
