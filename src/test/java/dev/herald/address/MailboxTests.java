package dev.herald.address;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MailboxTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\1', textBlock = """
			Jo <jo@example.org>                     | Jo              | jo@example.org
			嵌入式 AI 双周报 <ai@example.cn>         | 嵌入式 AI 双周报 | ai@example.cn
			"Doe, Jo" <jo@example.org>              | Doe, Jo         | jo@example.org
			"Jo \\"JD\\" Doe" <jo@example.org>      | Jo "JD" Doe     | jo@example.org
			"Jo <the one>" <jo@example.org>         | Jo <the one>    | jo@example.org
			Jo "JD" Doe <jo@example.org>            | Jo "JD" Doe     | jo@example.org
			O'Hara<jo@example.org>                  | O'Hara          | jo@example.org
			Jo <"jo>"@example.org>                  | Jo              | "jo>"@example.org
			""")
	void nameAndAddressAreToldApart(String typed, String name, String address) {
		Mailbox mailbox = Mailbox.parse(typed);
		assertThat(mailbox.name()).isEqualTo(name);
		assertThat(mailbox.address().value()).isEqualTo(address);
	}

	@ParameterizedTest
	@ValueSource(strings = { "jo@example.org", "<jo@example.org>", " <jo@example.org> ", "\"\" <jo@example.org>" })
	void theNameMayBeEmpty(String typed) {
		assertThat(Mailbox.parse(typed)).isEqualTo(new Mailbox("", new EmailAddress("jo@example.org")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Jo", "Jo <>", "Jo <jo>", "Jo <jo@example.org", "Jo jo@example.org>",
			"Jo\r\nBcc: a@example.org <jo@example.org>", "Jo <jo@example.org\n>", "Jo\u0000 <jo@example.org>",
			"Jo\u202e <jo@example.org>", "Jo <jo@example.org> <li@example.org>", "Jo <li>, <jo@example.org>" })
	void whatIsNoMailboxIsRefused(String typed) {
		assertThatExceptionOfType(InvalidAddressException.class).isThrownBy(() -> Mailbox.parse(typed));
	}

	@Test
	void longNamesAreRefusedWithoutWork() {
		assertThat(Mailbox.parse("a".repeat(200) + " <jo@example.org>").name()).hasSize(200);
		assertThatExceptionOfType(InvalidAddressException.class)
			.isThrownBy(() -> Mailbox.parse("a".repeat(201) + " <jo@example.org>"));
		assertThatExceptionOfType(InvalidAddressException.class)
			.isThrownBy(() -> Mailbox.parse("\"\\".repeat(1_000_000) + "<jo@example.org>"));
	}

}
