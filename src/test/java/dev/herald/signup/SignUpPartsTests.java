package dev.herald.signup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

import dev.herald.address.EmailAddress;
import dev.herald.pacing.Rate;
import dev.herald.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SignUpPartsTests {

	private static SignUpSettings settings(Map<String, String> values) {
		return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("herald.sign-up",
				SignUpSettings.class);
	}

	private static RefusedDomains domains(@Nullable Path file) {
		return new RefusedDomains(
				settings((file != null) ? Map.of("herald.sign-up.refused-domains-file", file.toString()) : Map.of()));
	}

	@Test
	void settingsHaveDefaultsAndLimits() {
		assertThat(settings(Map.of())).isEqualTo(new SignUpSettings(Rate.of("20/h"), Rate.of("1000/h"),
				Duration.ofDays(7), Duration.ofSeconds(2), false, null));
		assertThat(settings(Map.of("herald.sign-up.per-network", "5/d", "herald.sign-up.in-all", "9/m",
				"herald.sign-up.link-works", "60d", "herald.sign-up.least-time", "1m",
				"herald.sign-up.keep-network-address", "true", "herald.sign-up.refused-domains-file", "x.txt")))
			.isEqualTo(new SignUpSettings(Rate.of("5/d"), Rate.of("9/m"), Duration.ofDays(60), Duration.ofMinutes(1),
					true, Path.of("x.txt")));
		for (Map.Entry<String, String> wrong : Map
			.of("link-works", "59m", "link-works ", "61d", "least-time", "61s", "least-time ", "-1s")
			.entrySet()) {
			assertThatThrownBy(() -> settings(Map.of("herald.sign-up." + wrong.getKey().strip(), wrong.getValue())))
				.rootCause()
				.hasMessageContaining("herald.sign-up." + wrong.getKey().strip() + " must be from");
		}
	}

	@ParameterizedTest
	@CsvSource({ "192.0.2.1,192.0.2.1", "::ffff:192.0.2.1,192.0.2.1", "2001:db8::1,2001:db8:0:0:0:0:0:0/64",
			"2001:db8:0:0:ffff:ffff:ffff:ffff,2001:db8:0:0:0:0:0:0/64", "2001:db8:0:1::,2001:db8:0:1:0:0:0:0/64",
			"fe80::1%eth0,fe80:0:0:0:0:0:0:0/64", "example.org,unknown", "'',unknown", "999.1.1.1,unknown",
			"1:2:3,unknown" })
	void aNetworkIsAnIpv4AddressOrTheFirstHalfOfAnIpv6One(String client, String network) {
		assertThat(Network.of(client)).isEqualTo(network);
	}

	@Test
	void domainsOfTheFileAndThoseBelowAreRefused(@TempDir Path folder) throws Exception {
		Path file = Files.writeString(folder.resolve("refused.txt"),
				"# Disposable\nMailbox.Example  # a remark\n\nmüll.example\n");
		RefusedDomains domains = domains(file);
		assertThat(domains.refuse(EmailAddress.parse("x@mailbox.example"))).isTrue();
		assertThat(domains.refuse(EmailAddress.parse("x@a.b.MAILBOX.example"))).isTrue();
		assertThat(domains.refuse(EmailAddress.parse("x@müll.example"))).isTrue();
		assertThat(domains.refuse(EmailAddress.parse("x@notmailbox.example"))).isFalse();
		assertThat(domains.refuse(EmailAddress.parse("x@example.org"))).isFalse();
		Files.writeString(file, "other.example\n");
		Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
		assertThat(domains.refuse(EmailAddress.parse("x@mailbox.example"))).isFalse();
		assertThat(domains.refuse(EmailAddress.parse("x@other.example"))).isTrue();
		Files.writeString(file, "no domain\n");
		Files.setLastModifiedTime(file, FileTime.fromMillis(2_000));
		assertThat(domains.refuse(EmailAddress.parse("x@other.example"))).as("what it said before holds").isTrue();
		Files.delete(file);
		assertThat(domains.refuse(EmailAddress.parse("x@other.example"))).isTrue();
		assertThat(domains(null).refuse(EmailAddress.parse("x@mailbox.example"))).isFalse();
	}

	@Test
	void aFileThatCantBeUsedStopsTheStart(@TempDir Path folder) throws Exception {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> domains(folder.resolve("none.txt")))
			.withMessageContaining("none.txt can’t be read");
		Path wrong = Files.writeString(folder.resolve("wrong.txt"), "a.example\nb example\n");
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> domains(wrong))
			.withMessageEndingWith("wrong.txt, line 2: this is no domain. Write one a line, such as mailbox.example.");
	}

	@Test
	void whatIsTypedIsChecked() {
		EmailAddress bo = EmailAddress.parse("bo@example.net");
		assertThat(new SignUpRequest(bo, " Bo ", Locale.ENGLISH, "my site/footer", "", "::1"))
			.satisfies((wish) -> assertThat(wish.name() + "|" + wish.form()).isEqualTo("Bo|my site/footer"));
		assertThat(new SignUpRequest(bo, "", Locale.ENGLISH, "<script>", "", "::1").form()).isEqualTo("page");
		for (String name : new String[] { "a\nb", "x".repeat(201), "a\u202eb" }) {
			assertThatExceptionOfType(Problem.class)
				.isThrownBy(() -> new SignUpRequest(bo, name, Locale.ENGLISH, "", "", "::1"))
				.withMessage("A name is on one line and has at most 200 characters.");
		}
		assertThat(new SignUpForm(true, " a\r\nb ", Welcome.NONE).agreement()).isEqualTo("a\nb");
		for (String text : new String[] { "x".repeat(2001), "a\u0000b" }) {
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> new SignUpForm(true, text, Welcome.NONE))
				.withMessageContaining("at most 2,000 characters");
		}
	}

}
