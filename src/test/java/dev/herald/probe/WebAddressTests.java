package dev.herald.probe;

import java.net.URI;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class WebAddressTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			https://example.org                  | https://example.org/
			HTTP://Example.ORG:8080/A?b=c#d      | http://example.org:8080/A?b=c
			https://example.org?q                | https://example.org/?q
			https://例え.jp/日本?a b              | https://xn--r8jz45g.jp/%E6%97%A5%E6%9C%AC?a%20b
			https://ann:secret@example.org/x     | https://example.org/x
			https://example.org/100%             | https://example.org/100%25
			https://example.org/[x]              | https://example.org/%5Bx%5D
			https://[2001:db8::1]:8443/x         | https://[2001:db8::1]:8443/x
			https://example.org/@ann             | https://example.org/@ann
			""")
	void anAddressAsPeopleWriteItCanBeAsked(String written, String asked) {
		assertThat(WebAddress.parse(written)).contains(URI.create(asked));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "example.org", "mailto:a@example.org", "ftp://example.org/", "https://", "https:///x",
			"https://a_b.example.org/", "https://example.org:99999/", "https://exa mple.org/", "javascript:alert(1)",
			"https://example.org\r\nHost: x/", "data:image/png;base64,AA" })
	void whatIsNoAddressOfTheWebIsNotAsked(String written) {
		assertThat(WebAddress.parse(written)).isEmpty();
	}

	@Test
	void aRelativeOneIsResolved() {
		URI base = URI.create("https://example.org/issues/7/");
		assertThat(WebAddress.resolve(base, "../a b.png")).contains(URI.create("https://example.org/issues/a%20b.png"));
		assertThat(WebAddress.resolve(base, "//cdn.example.org/x")).contains(URI.create("https://cdn.example.org/x"));
		assertThat(WebAddress.resolve(base, "mailto:a@example.org")).isEmpty();
		assertThat(WebAddress.resolve(base, "")).isEmpty();
		assertThat(WebAddress.resolve(null, "a.png")).isEmpty();
	}

}
