package dev.herald.problem;

import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SentenceTests {

	@Test
	void aSentenceIsSaidInTheLanguageOfItsReader() {
		Sentence sentence = Sentence.of("newsletter.colour", "blau");
		assertThat(sentence).hasToString("'blau' is no colour. Write it as #0a58ca.");
		assertThat(sentence.in(Locale.SIMPLIFIED_CHINESE)).isEqualTo("“blau”不是颜色。请写成 #0a58ca 的形式。");
	}

	@Test
	void whereALanguageHasNoWordsEnglishIsSaidWhateverTheMachineSpeaks() {
		Locale machine = Locale.getDefault();
		Locale.setDefault(Locale.SIMPLIFIED_CHINESE);
		try {
			assertThat(Sentence.of("check.no-network", 12408).in(Locale.GERMAN))
				.isEqualTo("None of 12,408 addresses answers.");
			assertThat(Sentence.of("check.no-network", 12408)).hasToString("None of 12,408 addresses answers.");
		}
		finally {
			Locale.setDefault(machine);
		}
	}

	@Test
	void aSentenceInASentenceHasTheSameLanguage() {
		Sentence sentence = Sentence.of("check.alt", Sentence.of("check.picture", "a.png"));
		assertThat(sentence).hasToString("The picture a.png has no alternative text.");
		assertThat(sentence.in(Locale.CHINESE)).isEqualTo("图片“a.png”没有替代文字。");
	}

	@Test
	void aListHasTheMarksOfItsLanguage() {
		Sentence list = Sentence.join("check.comma", List.of(Sentence.of("check.title", "A"),
				Sentence.of("check.title", "B"), Sentence.of("check.title", "C")));
		assertThat(list).hasToString("“A”, “B”, “C”");
		assertThat(list.in(Locale.CHINESE)).isEqualTo("“A”、“B”、“C”");
		assertThat(Sentence.join("check.comma", List.of(Sentence.of("check.title", "A")))).hasToString("“A”");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{0}", "{", "it's", "''", "{0,choice,0#a}", "${x}", "\\u0041", "<b>" })
	void aValueIsNeverReadAsWords(String value) {
		assertThat(Sentence.of("newsletter.colour", value))
			.hasToString("'" + value + "' is no colour. Write it as #0a58ca.");
	}

	@Test
	void aProblemIsEnglishUnlessItIsAskedOtherwise() {
		Problem problem = Problem.usage(Sentence.of("account.unknown"));
		assertThat(problem).hasMessage("There is no such account. Load the list of accounts again.");
		assertThat(problem.in(Locale.CHINESE)).isEqualTo("没有这个账号。请重新载入账号列表。");
		assertThat(Problem.work("Said right away.").in(Locale.CHINESE)).isEqualTo("Said right away.");
	}

	@Test
	void aKeyWithoutWordsIsAFault() {
		assertThatExceptionOfType(MissingResourceException.class)
			.isThrownBy(() -> Sentence.of("account.nothing").in(Locale.ENGLISH));
	}

}
