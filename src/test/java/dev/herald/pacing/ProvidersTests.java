package dev.herald.pacing;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ProvidersTests {

	@ParameterizedTest
	@CsvSource({ "gmail.com,gmail", "GMail.Com,gmail", "googlemail.com,gmail", "hotmail.co.uk,outlook", "aol.com,yahoo",
			"yahoo.co.jp,yahoo-japan", "me.com,icloud", "foxmail.com,qq", "163.com,netease", "yeah.net,netease",
			"126.com,netease", "web.de,gmx", "bk.ru,mailru", "ya.ru,yandex", "pm.me,proton", "zoho.com,zoho",
			"sina.cn,sina", "naver.com,naver", "comcast.net,comcast", "wanadoo.fr,orange", "t-online.de,t-online",
			"laposte.net,laposte", "libero.it,libero" })
	void aDomainIsItsProviders(String domain, String provider) throws IOException {
		assertThat(new Providers(PackagedPacing.settings()).ofDomain(domain)).hasToString(provider);
	}

	@ParameterizedTest
	@ValueSource(strings = { "example.org", "mail.gmail.com", "notgmail.com", "com", "", ".", "gmail.com.evil.example",
			"gmaıl.com", "a b", "\0" })
	void anyOtherIsOfNone(String domain) throws IOException {
		assertThat(new Providers(PackagedPacing.settings()).ofDomain(domain)).isSameAs(Provider.OTHER);
	}

	@Test
	void internationalDomainsMatchInAnySpelling() {
		Providers providers = providers(
				Map.of("acme", new ProviderSettings(64, List.of("Bücher.example"), List.of(), null, null, null)));
		for (String domain : List.of("xn--bcher-kva.example", "XN--BCHER-KVA.example", "bücher.example",
				"BÜCHER.example")) {
			assertThat(providers.ofDomain(domain)).as(domain).hasToString("acme");
		}
	}

	/** Ledgers hold these numbers: a change here breaks what is stored. */
	@Test
	void codesNeverChange() throws IOException {
		Map<Integer, String> codes = new LinkedHashMap<>();
		new Providers(PackagedPacing.settings()).all().forEach((each) -> codes.put(each.code(), each.name()));
		assertThat(codes.entrySet().stream().map(Object::toString).collect(Collectors.joining(" ")))
			.isEqualTo("0=other 1=gmail 2=outlook 3=yahoo 4=icloud 5=qq 6=netease 7=gmx 8=mailru 9=yandex 10=proton"
					+ " 11=zoho 12=sina 13=naver 14=comcast 15=orange 16=t-online 17=laposte 18=libero"
					+ " 19=yahoo-japan 20=free 21=sfr 22=sohu 23=daum 24=seznam 25=wp 26=onet 27=fastmail"
					+ " 28=aliyun 29=mimecast");
	}

	@Test
	void aCodeThatIsNoLongerKnownIsOther() {
		Providers providers = providers(
				Map.of("acme", new ProviderSettings(127, List.of(), List.of(), 7, Rate.of("5/s"), 9)));
		assertThat(providers.ofCode(127)).isEqualTo(new Provider(127, "acme", 7, Rate.of("5/s"), 9));
		assertThat(providers.ofCode(0)).isSameAs(Provider.OTHER);
		assertThat(providers.ofCode(1)).isSameAs(Provider.OTHER);
		assertThat(providers.ofCode(-1)).isSameAs(Provider.OTHER);
	}

	@Test
	void aMillionDomainsTakeASecondOfProcessorTimeAtMost() throws IOException {
		Providers providers = new Providers(PackagedPacing.settings());
		String[] domains = { "gmail.com", "GMAIL.com", "example.org", "qq.com" };
		long best = Long.MAX_VALUE;
		for (int run = 0; run < 5; run++) {
			long began = processorTime();
			int others = 0;
			for (int i = 0; i < 1_000_000; i++) {
				others += providers.ofDomain(domains[i % 4]).equals(Provider.OTHER) ? 1 : 0;
			}
			best = Math.min(best, processorTime() - began);
			assertThat(others).isEqualTo(250_000);
		}
		assertThat(best).isLessThan(1_000_000_000L);
	}

	// Of this thread, since other tests run beside this one.
	private static long processorTime() {
		return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
	}

	private static Providers providers(Map<String, ProviderSettings> providers) {
		return new Providers(
				new PacingSettings(false, PaceSettings.SLOW_DOWN, PaceSettings.BRAKE, List.of(), providers));
	}

}
