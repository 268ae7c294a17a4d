package dev.herald.returns;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How systems form what they send back, by forms.txt: whom it is about, and what kind of
 * mail it is.
 */
class NoticeFormsTests {

	private static final String CHARSET = " charset=";

	@ParameterizedTest
	@MethodSource("forms")
	void isReadAsExpected(Form form) {
		Report report = ReportParser.parse(form.bytes());
		assertThat(form.factsOf(report)).isEqualTo(form.facts());
	}

	static Stream<Form> forms() throws IOException {
		try (InputStream stream = NoticeFormsTests.class.getResourceAsStream("forms.txt")) {
			String file = new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
			return Arrays.stream(file.split("\n#### ")).skip(1).map(Form::of);
		}
	}

	record Form(String expected, String charset, String mail) {

		static Form of(String text) {
			String first = text.substring(0, text.indexOf('\n'));
			String mail = text.substring(text.indexOf('\n') + 1);
			int charset = first.indexOf(CHARSET);
			return (charset < 0) ? new Form(first, "", mail)
					: new Form(first.substring(0, charset), first.substring(charset + CHARSET.length()), mail);
		}

		byte[] bytes() {
			if (this.charset.isEmpty()) {
				return this.mail.getBytes(StandardCharsets.UTF_8);
			}
			int blank = this.mail.indexOf("\n\n");
			String header = this.mail.substring(0, blank) + "\nContent-Type: text/plain; charset=" + this.charset
					+ "\nContent-Transfer-Encoding: base64\n\n";
			byte[] body = this.mail.substring(blank + 2).getBytes(Charset.forName(this.charset));
			return (header + Base64.getMimeEncoder().encodeToString(body)).getBytes(StandardCharsets.UTF_8);
		}

		List<String> facts() {
			String[] kind = this.expected.split(" ", 2);
			List<String> facts = new ArrayList<>(List.of(kind[0]));
			facts.addAll(Arrays.asList((kind.length > 1) ? kind[1].split("; ") : new String[0]));
			return facts;
		}

		/** As much of the report as the form states. */
		List<String> factsOf(Report report) {
			boolean address = this.expected.startsWith("COMPLAINT");
			boolean anyReason = this.expected.endsWith("*");
			List<String> facts = new ArrayList<>(List.of(report.kind().name()));
			report.recipients()
				.forEach((one) -> facts.add(address ? one.address()
						: one.address() + " " + one.bounceClass() + " " + (anyReason ? "*" : one.reason())));
			return facts;
		}

		@Override
		public String toString() {
			return this.expected + ": "
					+ this.mail.lines().filter((line) -> line.startsWith("Subject")).findFirst().orElse("");
		}

	}

}
