package dev.herald.pacing;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class MxLookupTests {

	private final AtomicLong now = new AtomicLong(-1);

	private DnsServer dns;

	private MxLookup lookup;

	@BeforeEach
	void start() throws IOException {
		this.dns = new DnsServer();
		this.lookup = new MxLookup(this.dns.url(), Duration.ofSeconds(5), this.now::get);
	}

	@AfterEach
	void stop() {
		this.dns.close();
	}

	@ParameterizedTest
	@CsvSource({ "aspmx.l.google.com,gmail", "ASPMX.L.Google.COM,gmail",
			"acme-example.mail.protection.outlook.com,outlook", "mta5.am0.yahoodns.net,yahoo",
			"mx01.mail.icloud.com,icloud", "mxbiz1.qq.com,qq", "qiye163mx01.mxmail.netease.com,netease",
			"eu-smtp-inbound-1.mimecast.com,mimecast", "mx.acme.example,other", "evilgoogle.com,other", "com,other" })
	void aDomainThatNobodyListsIsItsMailServersProvider(String server, String provider) throws IOException {
		this.dns.with("acme.example", "20 backup.example.net", "10 " + server, "30 aspmx.l.google.com");
		Providers providers = new Providers(PackagedPacing.withDns(), this.dns.url());
		assertThat(providers.ofDomain("Acme.example")).hasToString(provider);
	}

	@Test
	void aListedDomainIsNotAskedFor() throws IOException {
		assertThat(new Providers(PackagedPacing.withDns(), this.dns.url()).ofDomain("gmail.com")).hasToString("gmail");
		assertThat(this.dns.asked).isEmpty();
	}

	@Test
	void withoutDnsNothingIsAskedFor() throws IOException {
		this.dns.with("acme.example", "10 aspmx.l.google.com");
		assertThat(new Providers(PackagedPacing.settings(), this.dns.url()).ofDomain("acme.example"))
			.isSameAs(Provider.OTHER);
		assertThat(this.dns.asked).isEmpty();
	}

	@Test
	void aDomainWithoutMailServersHasNone() {
		this.dns.with("none.example");
		this.dns.with("null.example", "0 .");
		assertThat(this.lookup.mailServer("none.example")).isEmpty();
		assertThat(this.lookup.mailServer("null.example")).isEmpty();
		assertThat(this.lookup.mailServer("unknown.example")).isEmpty();
	}

	@Test
	void anAnswerIsRememberedForSixHours() {
		this.dns.with("acme.example", "10 aspmx.l.google.com");
		assertThat(this.lookup.mailServer("acme.example")).isEqualTo("aspmx.l.google.com");
		assertThat(this.lookup.mailServer("unknown.example")).isEmpty();
		this.dns.with("acme.example", "10 mx.acme.example");
		pass(Duration.ofHours(6).minusNanos(1));
		assertThat(this.lookup.mailServer("acme.example")).isEqualTo("aspmx.l.google.com");
		assertThat(this.lookup.mailServer("unknown.example")).isEmpty();
		assertThat(this.dns.asked).containsExactly("acme.example", "unknown.example");
		pass(Duration.ofNanos(1));
		assertThat(this.lookup.mailServer("acme.example")).isEqualTo("mx.acme.example");
	}

	@Test
	void aFailureIsRememberedForTenMinutes() {
		this.dns.with("broken.example", "SERVFAIL");
		assertThat(this.lookup.mailServer("broken.example")).isEmpty();
		this.dns.with("broken.example", "10 mx.acme.example");
		pass(Duration.ofMinutes(10).minusNanos(1));
		assertThat(this.lookup.mailServer("broken.example")).isEmpty();
		pass(Duration.ofNanos(1));
		assertThat(this.lookup.mailServer("broken.example")).isEqualTo("mx.acme.example");
	}

	@Test
	void aServerThatDoesNotAnswerIsLeftAloneForHalfAMinute() {
		this.lookup = new MxLookup(this.dns.url(), Duration.ofMillis(50), this.now::get);
		this.dns.silent = true;
		for (int i = 1; i <= MxLookup.MAX_TIMEOUTS; i++) {
			assertThat(this.lookup.mailServer("slow" + i + ".example")).isEmpty();
		}
		this.dns.silent = false;
		this.dns.with("acme.example", "10 aspmx.l.google.com");
		assertThat(this.lookup.mailServer("acme.example")).isEmpty();
		assertThat(this.dns.asked).doesNotContain("acme.example").contains("slow3.example");
		pass(Duration.ofSeconds(30));
		assertThat(this.lookup.mailServer("acme.example")).isEqualTo("aspmx.l.google.com");
	}

	@ParameterizedTest
	@ValueSource(strings = { "ldap://127.0.0.1:1/a", "dns://127.0.0.1/acme.example", "a b.example", "a/b.example",
			"a\"b.example", "a\\b.example", "a..example", ".example", "\0.example",
			"0123456789012345678901234567890123456789012345678901234567890123456789.example" })
	void whatIsNoDomainHasNoMailServer(String domain) {
		assertThat(this.lookup.mailServer(domain)).isEmpty();
	}

	private void pass(Duration time) {
		this.now.addAndGet(time.toNanos());
	}

}
