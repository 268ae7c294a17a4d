package dev.herald.testsend;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.herald.address.EmailAddress;
import dev.herald.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TestReadersTests {

	private static List<String> addresses(String written) {
		return TestReaders.of(written, List.of()).addresses().stream().map(EmailAddress::value).toList();
	}

	@Test
	void addressesAreReadHoweverTheyAreSeparatedAndEachCountsOnce() {
		assertThat(addresses(" ann@example.org,bo@example.org; cy@example.org，, ANN@example.org d@bücher.example "))
			.containsExactly("ann@example.org", "bo@example.org", "cy@example.org", "d@xn--bcher-kva.example");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', value = {
			"\"ann@example.org\nBcc: bo@example.org\" | The address has a line break in it. Nothing was sent.",
			"\"ann@example.org\r\" | ", "ann | 'ann' is no address: it needs a name, @ and a domain. Nothing was sent.",
			"ann@example.org,bo@ | 'bo@' is no address: it needs a name, @ and a domain. Nothing was sent.",
			"\"Ann <ann@example.org>\" | 'Ann' is no address: it needs a name, @ and a domain. Nothing was sent.",
			"\" , \" | No address was given. A test needs at least one." })
	void whatIsNoAddressIsNamedAndNothingIsSent(String written, String message) {
		if (message == null) {
			assertThat(addresses(written)).containsExactly("ann@example.org");
			return;
		}
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> addresses(written))
			.withMessage(message)
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Problem.Kind.USAGE));
	}

	@Test
	void twentyAddressesAreTakenAndOneMoreIsNot() {
		String twenty = IntStream.rangeClosed(1, 20)
			.mapToObj((i) -> "reader" + i + "@example.org")
			.collect(Collectors.joining(","));
		assertThat(addresses(twenty)).hasSize(20);
		assertThat(addresses(twenty + ",READER1@example.org")).hasSize(20);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> addresses(twenty + ",x@example.org"))
			.withMessage("A test goes to at most 20 addresses; these are 21. Nothing was sent.");
	}

	@Test
	void namesAreFewAndShort() {
		assertThat(TestReaders.of("a@example.org", List.of(" Jo ", "", "Jo")).names()).containsExactly("Jo", "");
		assertThatExceptionOfType(Problem.class)
			.isThrownBy(() -> TestReaders.of("a@example.org", List.of("1", "2", "3", "4", "5", "6")))
			.withMessage("A test is written to at most 5 names, each of 200 characters at most.");
		assertThatExceptionOfType(Problem.class)
			.isThrownBy(() -> TestReaders.of("a@example.org", List.of("x".repeat(201))));
	}

}
