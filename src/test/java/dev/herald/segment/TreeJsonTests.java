package dev.herald.segment;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TreeJsonTests {

	private static final String EVERY_KIND = """
			{"version":1,"all":[\
			{"field":"attribute","name":"city","test":"is","value":"Berlin"},\
			{"any":[{"field":"attribute","name":"age","test":"at-least","value":18.5},\
			{"field":"attribute","name":"vip","test":"is-set"}]},\
			{"field":"subscribed","test":"before","value":"2026-01-31"},\
			{"field":"engaged","test":"within","value":30},\
			{"none":[{"field":"issue","test":"clicked","value":"one"},\
			{"field":"provider","test":"is","value":["gmail","qq"]}]},\
			{"field":"language","test":"is-not","value":["zh"]}]}""";

	@Test
	void whatIsReadIsWrittenAgain() {
		Tree tree = TreeJson.read(EVERY_KIND);
		assertThat(TreeJson.write(tree)).isEqualTo(EVERY_KIND);
		assertThat(TreeJson.read(TreeJson.pretty(tree))).isEqualTo(tree);
		assertThat(TreeJson.digest(tree)).hasSize(64).isEqualTo(TreeJson.digest(TreeJson.read(EVERY_KIND)));
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', delimiter = '|',
			textBlock = """
					{"all":[]}                                                    | all: A group needs at least one
					{}                                                            | This must be a group
					[]                                                            | This must be a group
					{"field":"engaged","test":"ever"}                             | This must be a group
					{"all":[{}]}                                                  | all[0]: This must be a group
					{"all":[1]}                                                   | all[0]: This must be a group
					{"all":[null]}                                                | all[0]: This must be a group
					{"all":{"field":"engaged","test":"ever"}}                     | all: A group needs
					{"all":[{"field":"engaged","test":"ever"}],"any":[]}          | This must be a group
					{"all":[{"field":"engaged","test":"ever"}],"sql":"1=1"}       | 'sql' has no place here
					{"version":2,"all":[{"field":"engaged","test":"ever"}]}       | version: The version
					{"version":"1","all":[{"field":"engaged","test":"ever"}]}     | version: The version
					{"all":[{"all":[{"field":"engaged","test":"ever"}],"version":1}]} | all[0]: 'version' has no place
					{"all":[{"field":"address","test":"is","value":"x"}]}         | all[0].field: There is no such field. Write one of: attribute, subscribed
					{"all":[{"field":7,"test":"is","value":"x"}]}                 | all[0].field: There is no such field
					{"all":[{"field":"engaged","test":"is"}]}                     | all[0].test: The field has no such test. Write one of: within, not-within
					{"all":[{"field":"engaged","test":"ever","value":3}]}         | all[0]: 'value' has no place here
					{"all":[{"field":"engaged","test":"ever","name":"x"}]}        | all[0]: 'name' has no place here
					{"all":[{"field":"engaged","test":"within","value":"30"}]}    | all[0].value: Write a whole number of days
					{"all":[{"field":"engaged","test":"within","value":0}]}       | all[0].value: Write a whole number of days
					{"all":[{"field":"engaged","test":"within","value":36501}]}   | all[0].value: Write a whole number of days
					{"all":[{"field":"engaged","test":"within","value":1.5}]}     | all[0].value: Write a whole number of days
					{"all":[{"field":"engaged","test":"within","value":99999999999}]} | all[0].value: Write a whole number of days
					{"all":[{"field":"engaged","test":"within"}]}                 | all[0].value: Write a whole number of days
					{"all":[{"field":"subscribed","test":"from","value":"2026-02-30"}]} | all[0].value: Write a day
					{"all":[{"field":"subscribed","test":"from","value":"+99999-01-01"}]} | all[0].value: Write a day
					{"all":[{"field":"attribute","test":"is","value":"x"}]}       | all[0].name: Write a line of 1 to 100
					{"all":[{"field":"attribute","name":"a","test":"is","value":" "}]} | all[0].value: Write a line of 1 to 500
					{"all":[{"field":"attribute","name":"a","test":"is","value":5}]} | all[0].value: Write a line
					{"all":[{"field":"attribute","name":"a","test":"is","value":"a\\u0000b"}]} | all[0].value: Write a line
					{"all":[{"field":"attribute","name":"a","test":"is","value":"\\ud800"}]} | all[0].value: Write a line
					{"all":[{"field":"attribute","name":"a","test":"at-least","value":"5"}]} | all[0].value: Write a number without quotes
					{"all":[{"field":"attribute","name":"a","test":"at-least","value":1e400}]} | all[0].value: Write a number
					{"all":[{"field":"attribute","name":"a","test":"at-least","value":1e-999999999}]} | all[0].value: Write a number
					{"all":[{"field":"attribute","name":"a","test":"at-least","value":1000000000000000}]} | all[0].value: Write a number
					{"all":[{"field":"attribute","name":"a","test":"at-least","value":0.0000001}]} | all[0].value: Write a number
					{"all":[{"field":"provider","test":"is","value":"gmail"}]}    | all[0].value: Write 1 to 50 names
					{"all":[{"field":"provider","test":"is","value":[]}]}         | all[0].value: Write 1 to 50 names
					{"all":[{"field":"provider","test":"is","value":["gmail",1]}]} | all[0].value[1]: Write a line
					{"all":[{"field":"engaged","field":"engaged","test":"ever"}]} | no JSON
					{"all":[{"field":"engaged","test":"ever"}]} {}                | no JSON: what is wrong begins at line 1
					{"all":[                                                      | no JSON
					""")
	void whatIsWrongIsToldWithItsPlace(String json, String told) {
		assertThatExceptionOfType(TreeProblem.class).isThrownBy(() -> TreeJson.read(json)).withMessageContaining(told);
	}

	@Test
	void allThatIsWrongIsToldTogether() {
		assertThatExceptionOfType(TreeProblem.class).isThrownBy(() -> TreeJson.read("""
				{"any":[{"field":"x"},{"none":[{"field":"engaged","test":"within","value":-1}]}]}"""))
			.satisfies((problem) -> assertThat(problem.faults()).extracting(TreeProblem.Fault::path)
				.containsExactly("any[0].field", "any[1].none[0].value"));
	}

	@Test
	void emptinessIsNoTree() {
		assertThatExceptionOfType(TreeProblem.class).isThrownBy(() -> TreeJson.read(""));
		assertThatExceptionOfType(TreeProblem.class).isThrownBy(() -> TreeJson.read("null"));
	}

	@Test
	void sizesAreBounded() {
		String ever = "{\"field\":\"engaged\",\"test\":\"ever\"}";
		assertThat(TreeJson.read("{\"all\":[" + ever + ("," + ever).repeat(49) + "]}")).isNotNull();
		refused("{\"all\":[" + ever + ("," + ever).repeat(50) + "]}", "These are 51 conditions");
		assertThat(TreeJson.read("{\"all\":[".repeat(5) + ever + "]}".repeat(5))).isNotNull();
		refused("{\"all\":[".repeat(6) + ever + "]}".repeat(6), "Groups can be 5 deep");
		refused("{\"all\":[".repeat(3_000) + ever + "]}".repeat(3_000), "no JSON");
		refused("[".repeat(65_000), "no JSON");
		refused("{\"all\":[" + ever + " ".repeat(100_000) + "]}", "at most 65,536 characters".replace(",", ""));
		refused("{\"all\":[{\"field\":\"attribute\",\"name\":\"a\",\"test\":\"at-least\",\"value\":"
				+ "9".repeat(60_000) + "}]}", "");
	}

	private static void refused(String json, String told) {
		assertThatExceptionOfType(TreeProblem.class).isThrownBy(() -> TreeJson.read(json)).withMessageContaining(told);
	}

}
