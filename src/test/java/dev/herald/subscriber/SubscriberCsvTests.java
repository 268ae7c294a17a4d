package dev.herald.subscriber;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.herald.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SubscriberCsvTests {

	@TempDir
	private Path folder;

	@ParameterizedTest
	@ValueSource(strings = { "email,name\nann@example.org,Ann\n", "\ufeffemail,name\r\nann@example.org,Ann",
			"Name,E-Mail\rAnn,ann@example.org\r", "EMAIL;NAME\nann@example.org;Ann\n",
			"name\taddress\nAnn\tann@example.org\n", " email , name \n ann@example.org , Ann \n",
			"\"email\",\"name\"\n\"ann@example.org\",\"Ann\"\n", "email,name\n\n,\n  ,  \nann@example.org,Ann,,\n\n" })
	void spellingsOfOneListAreReadAlike(String content) throws IOException {
		assertThat(rows(content)).containsExactly("ann@example.org/Ann");
	}

	@Test
	void aListWithoutNamesIsTaken() throws IOException {
		assertThat(rows("email\nann@example.org\n")).containsExactly("ann@example.org/");
		assertThat(rows("email,name\nann@example.org\n")).containsExactly("ann@example.org/");
		assertThat(rows("email\n")).isEmpty();
	}

	@Test
	void otherColumnsAreIgnoredAndNamed() throws IOException {
		SubscriberCsv csv = csv("id,email,name,age\n1,ann@example.org,Ann,30\n");
		assertThat(csv.ignoredColumns()).containsExactly("id", "age");
		assertThat(rows(csv)).containsExactly("ann@example.org/Ann");
	}

	@Test
	void badRowsAreRejectedWithLineColumnAndReason() throws IOException {
		assertThat(rows("""
				email,name
				ann@example.org,Ann
				bob,Bob
				,Nobody
				cyd@example.org,"Cyd\u0007"
				dan@example.org,Doe, Dan
				"eve@example.org
				Bcc: all@example.org",Eve
				fay@example.org,Fay
				""")).containsExactly("ann@example.org/Ann",
				"3 email: 'bob' is no address: it needs a name, @ and a domain.", "4 email: The address is empty.",
				"5 name: The name has a control or reordering character in it.",
				"6 : The row has 3 fields and the header 2: put quotes around a value with a ',' in it.",
				"7 email: The value goes over several lines: is a quote left open?", "fay@example.org/Fay");
	}

	@Test
	void aQuoteLeftOpenHidesNobody() throws IOException {
		assertThat(rows("email,name,note\nann@example.org,Ann,\"open\nbob@example.org,Bob,x\n"))
			.containsExactly("2 note: The value goes over several lines: is a quote left open?");
		assertThat(rows("email,name,note\nann@example.org,Ann,\"two\nlines\"\nbob@example.org,Bob,x\n"))
			.containsExactly("ann@example.org/Ann", "bob@example.org/Bob");
		String many = "email,name\n\"ann@example.org,Ann\n" + "bob@example.org,Bob\n".repeat(10_000);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> rows(many))
			.withMessageContaining("quote left open")
			.withMessageContaining("line 2");
	}

	@Test
	void namesHaveAtMost200Characters() throws IOException {
		assertThat(rows("email,name\nann@example.org," + "a".repeat(200)))
			.containsExactly("ann@example.org/" + "a".repeat(200));
		assertThat(rows("email,name\nann@example.org," + "a".repeat(201)))
			.containsExactly("2 name: The name is longer than 200 characters.");
	}

	@Test
	void exportedFormulasComeBackAsTheyWere() throws IOException {
		assertThat(rows("email,name\n'+tag@example.org,'=1+1\n")).containsExactly("+tag@example.org/=1+1");
	}

	@Test
	void whatIsNotUtf8IsRefusedWithTheByteOffset() throws IOException {
		String ascii = "email,name\n" + "ann@example.org,Ann\n".repeat(10_000);
		Path file = write((ascii + "rene@example.org,René\n").getBytes(StandardCharsets.ISO_8859_1));
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> SubscriberCsv.open(file))
			.withMessageContaining("is not UTF-8 at byte " + (ascii.length() + "rene@example.org,Ren".length()));
	}

	@Test
	void aFileCutInACharacterIsRefused() throws IOException {
		byte[] bytes = "email,name\nli@example.cn,李".getBytes(StandardCharsets.UTF_8);
		Path file = write(Arrays.copyOf(bytes, bytes.length - 1));
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> SubscriberCsv.open(file))
			.withMessageContaining("not UTF-8 at byte 25");
	}

	@ParameterizedTest
	@ValueSource(strings = { "UTF-16", "GB18030", "Shift_JIS" })
	void otherEncodingsAreRefused(String charset) throws IOException {
		Path file = write("email,name\nli@example.cn,李雷和韩梅梅\n".getBytes(Charset.forName(charset)));
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> SubscriberCsv.open(file))
			.withMessageContaining("not UTF-8");
	}

	@Test
	void aMissingHeaderIsSaid() {
		refuses("", "line 1: the file is empty");
		refuses("\n\n", "line 1: the file is empty");
		refuses("ann@example.org,Ann\n", "line 1: there is an address where the header should be");
		refuses("first,last\nAnn,Lee\n", "line 1: no column is called email. Found: first, last");
		refuses("mail\u0007,\u001b[31mname\n", "Found: mail?, ?[31mname");
		refuses("email,name,E-Mail\n", "line 1: several columns hold an address: email, E-Mail");
	}

	private void refuses(String content, String message) {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> csv(content)).withMessageContaining(message);
	}

	@Test
	void aFileThatIsNotThereIsWrongUsage() {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> SubscriberCsv.open(this.folder.resolve("none.csv")))
			.withMessageContaining("There is no file")
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Problem.Kind.USAGE));
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> SubscriberCsv.open(this.folder))
			.withMessageContaining("folder");
	}

	private List<String> rows(String content) throws IOException {
		return rows(csv(content));
	}

	private static List<String> rows(SubscriberCsv csv) {
		List<String> rows = new ArrayList<>();
		csv.read((row) -> {
			if (row instanceof CsvRow.Good good) {
				rows.add(good.address() + "/" + good.name());
			}
			else if (row instanceof CsvRow.Bad bad) {
				rows.add(bad.rejection().line() + " " + bad.rejection().column() + ": " + bad.rejection().reason());
			}
		});
		return rows;
	}

	private SubscriberCsv csv(String content) throws IOException {
		return SubscriberCsv.open(write(content.getBytes(StandardCharsets.UTF_8)));
	}

	private Path write(byte[] content) throws IOException {
		return Files.write(this.folder.resolve("list.csv"), content);
	}

}
