package dev.herald.subscriber;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import dev.herald.problem.Problem;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ListFileTests {

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
	void otherColumnsAreKeptAsAttributes() throws IOException {
		assertThat(good("id,email,name,Favourite tea\n1,ann@example.org,Ann, Assam \n").attributes())
			.isEqualTo(Map.of("id", "1", "Favourite tea", "Assam"));
		assertThat(good("email,a,b\nann@example.org,,x\n").attributes()).isEqualTo(Map.of("b", "x"));
		assertThat(rows("email,a\nann@example.org," + "x".repeat(1001)))
			.containsExactly("2 a: An attribute has a name of 1 to 100 characters and a value of at most 1000.");
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

	@ParameterizedTest
	@CsvSource({ "UTF-8,false", "UTF-8,true", "UTF-16LE,true", "UTF-16BE,true", "UTF-16LE,false", "UTF-16BE,false",
			"GB18030,false" })
	void theEncodingIsFound(String charset, boolean mark) throws IOException {
		String list = (mark ? "\ufeff" : "") + "邮箱;姓名;城市\r\nli@example.cn;李雷;北京\r\nhan@example.cn;韩梅梅;上海\r\n";
		ListFile file = open(list.getBytes(Charset.forName(charset)));
		assertThat(file.dialect()).isEqualTo(new Dialect(Dialect.Kind.CSV, Charset.forName(charset), ';', '"'));
		assertThat(rows(file)).containsExactly("li@example.cn/李雷", "han@example.cn/韩梅梅");
	}

	@Test
	void lettersOfWesternEuropeAreFound() throws IOException {
		String list = """
				E-Mail;Vorname;Nachname;Straße
				rene@example.org;René;Müller;Große Straße 1
				ona@example.org;Oña;Ibáñez;Calle €
				""";
		ListFile file = open(list.getBytes("windows-1252"));
		assertThat(file.dialect().charset().name()).isEqualTo("windows-1252");
		assertThat(file.sample().get(1)).containsExactly("ona@example.org", "Oña", "Ibáñez", "Calle €");
	}

	@Test
	void aWrongByteNearTheEndIsFoundBeforeAnythingIsRead() throws IOException {
		String ascii = "email,name\n" + "ann@example.org,Ann\n".repeat(10_000);
		byte[] broken = (ascii + "rene@example.org,René\n\u0081\n").getBytes(StandardCharsets.ISO_8859_1);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> open(broken))
			.withMessageContaining("is not UTF-8 at byte " + (ascii.length() + "rene@example.org,Ren".length()));
		assertThatExceptionOfType(Problem.class)
			.isThrownBy(() -> ListFile.open(this.folder.resolve("list.csv"), StandardCharsets.US_ASCII, null))
			.withMessageContaining("is not US-ASCII at byte " + (ascii.length() + "rene@example.org,Ren".length()));
	}

	@Test
	void aFileCutInACharacterIsRefused() throws IOException {
		byte[] bytes = "email,name\nli@example.cn,李\u0081".getBytes(StandardCharsets.UTF_8);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> open(Arrays.copyOf(bytes, bytes.length - 1)))
			.withMessageContaining("not UTF-8 at byte 28");
	}

	@ParameterizedTest
	@ValueSource(strings = { "sep=|\nemail|name\nann@example.org|Ann\n", "email|name\nann@example.org|Ann\n",
			"'email','name'\r\n'ann@example.org','Ann'\r\n", "Ihre Angaben;E-Mail;Name\n1,5;ann@example.org;Ann\n",
			"First Name\tLast Name\tEmail Address\n\tAnn\tann@example.org\n",
			"{\"email\":\"ann@example.org\",\"name\":\"Ann\"}\n", " {\"name\":\"Ann\",\"email\":\"ann@example.org\"}" })
	void dialectsAreFound(String content) throws IOException {
		assertThat(rows(content)).containsExactly("ann@example.org/Ann");
	}

	@Test
	void aSeparatorThatIsAskedForIsTaken() throws IOException {
		byte[] list = "email;name,x\nann@example.org;Ann,1\n".getBytes(StandardCharsets.UTF_8);
		assertThat(ListFile.open(write(list), null, ',').header()).containsExactly("email;name", "x");
	}

	@Test
	void linesThatAreNoJsonAreRejected() throws IOException {
		assertThat(rows("""
				{"email":"ann@example.org","attributes":{"city":"Rome","n":1,"deep":[1,2],"none":null}}
				not json
				["bob@example.org"]
				{"email":5}

				""")).containsExactly("ann@example.org/", "2 : The line is no JSON object.",
				"3 : The line is no JSON object.", "4 email: '5' is no address: it needs a name, @ and a domain.");
		assertThat(good("{\"email\":\"ann@example.org\",\"attributes\":{\"n\":1,\"deep\":[1,2],\"none\":null}}")
			.attributes()).isEqualTo(Map.of("n", "1", "deep", "[1,2]"));
	}

	@Test
	void namesInTwoColumnsAreOne() throws IOException {
		assertThat(rows("email,first name,last name\na@example.org,Ann,Lee\nb@example.org,,Lee\n"))
			.containsExactly("a@example.org/Ann Lee", "b@example.org/Lee");
		assertThat(rows("邮箱,姓,名\nli@example.cn,李,雷\n")).containsExactly("li@example.cn/李雷");
	}

	@ParameterizedTest
	@CsvSource({ "state,active,ACTIVE", "状态,已订阅,ACTIVE", "status,Unconfirmed,PENDING",
			"status,unsubscribed,UNSUBSCRIBED", "状态,已退订,UNSUBSCRIBED", "status,cleaned,ACTIVE HARD_BOUNCE",
			"status,spam,UNSUBSCRIBED COMPLAINT", "status,Blocklisted,UNSUBSCRIBED ADMIN", "status,'',ACTIVE",
			"subscribed,no,UNSUBSCRIBED", "subscribed,1,ACTIVE", "unsubscribed,TRUE,UNSUBSCRIBED",
			"confirmed,0,PENDING", "confirmed,是,ACTIVE", "unsubscribed at,2024-05-01,UNSUBSCRIBED",
			"unsubscribed at,'',ACTIVE", "bounced at,2024-05-01 10:00,ACTIVE HARD_BOUNCE",
			"blacklisted,yes,UNSUBSCRIBED ADMIN" })
	void whatAListSaysOfPeopleIsTaken(String column, String value, String expected) throws IOException {
		ListRow.Good row = good("email," + column + "\nann@example.org," + value + "\n");
		assertThat(row.state() + ((row.suppression() != null) ? " " + row.suppression().reason() : ""))
			.isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "state,sunny", "subscribed,perhaps", "since,03/04/2024", "paused_until,soon", "suppression,BAD LUCK",
			"attributes,{x" })
	void whatCannotBeUnderstoodIsNotGuessed(String column, String value) throws IOException {
		assertThat(rows("email," + column + "\nann@example.org," + value + "\n"))
			.singleElement(as(InstanceOfAssertFactories.STRING))
			.startsWith("2 " + column + ": ");
	}

	@ParameterizedTest
	@CsvSource({ "2026-03-01,2026-03-01T00:00:00Z", "2026-03-01 10:00,2026-03-01T10:00:00Z",
			"2026-03-01 10:00:00,2026-03-01T10:00:00Z", "2026-03-01T10:00:00.5Z,2026-03-01T10:00:00.500Z",
			"2026-03-01T10:00:00+08:00,2026-03-01T02:00:00Z",
			"2026-03-01 10:00:00.123456 +0100 CET,2026-03-01T09:00:00.123Z",
			"2026-03-01 10:00:00 +0000 UTC,2026-03-01T10:00:00Z", "0000-00-00 00:00:00," })
	void timesOfAllKindsAreRead(String text, Instant expected) throws IOException {
		assertThat(good("email,since\nann@example.org," + text + "\n").since()).isEqualTo(expected);
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
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> rows(content)).withMessageContaining(message);
	}

	@Test
	void aFileThatIsNotThereIsWrongUsage() {
		assertThatExceptionOfType(Problem.class)
			.isThrownBy(() -> ListFile.open(this.folder.resolve("none.csv"), null, null))
			.withMessageContaining("There is no file")
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Problem.Kind.USAGE));
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> ListFile.open(this.folder, null, null))
			.withMessageContaining("folder");
	}

	private List<String> rows(String content) throws IOException {
		return rows(open(content.getBytes(StandardCharsets.UTF_8)));
	}

	private static List<String> rows(ListFile file) {
		List<String> rows = new ArrayList<>();
		for (ListRow row : all(file)) {
			if (row instanceof ListRow.Good good) {
				rows.add(good.address() + "/" + good.name());
			}
			else if (row instanceof ListRow.Bad bad) {
				rows.add(bad.rejection().line() + " " + bad.rejection().column() + ": " + bad.rejection().reason());
			}
		}
		return rows;
	}

	private ListRow.Good good(String content) throws IOException {
		return (ListRow.Good) all(open(content.getBytes(StandardCharsets.UTF_8))).get(0);
	}

	private static List<ListRow> all(ListFile file) {
		Mapping mapping = Preset.of(file.header()).mapping(file.header());
		mapping.require(file);
		List<ListRow> all = new ArrayList<>();
		try (ListRows rows = new ListRows(file, new RowReader(file, mapping, Everyone.AS_WRITTEN, "a list"),
				new ImportProgress())) {
			for (ListRows.Numbered row = rows.next(); row != null; row = rows.next()) {
				all.add(row.row());
			}
		}
		return all;
	}

	private ListFile open(byte[] content) throws IOException {
		return ListFile.open(write(content), null, null);
	}

	private Path write(byte[] content) throws IOException {
		return Files.write(this.folder.resolve("list.csv"), content);
	}

}
