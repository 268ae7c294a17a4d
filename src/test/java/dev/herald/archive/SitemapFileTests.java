package dev.herald.archive;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SitemapFileTests {

	private static final LocalDate DAY = LocalDate.of(2026, 1, 13);

	private final SitemapFile file = new SitemapFile();

	private String text() {
		return new String(this.file.octets(), StandardCharsets.UTF_8);
	}

	private static int addresses(String xml) {
		return xml.split("<loc>", -1).length - 1;
	}

	@Test
	void anAddressIsEscaped() {
		assertThat(this.file.add("https://example.org/?a=1&b='", DAY)).isTrue();
		assertThat(text()).isEqualTo("""
				<?xml version="1.0" encoding="UTF-8"?>
				<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
				<url><loc>https://example.org/?a=1&amp;b=&apos;</loc><lastmod>2026-01-13</lastmod></url>
				</urlset>
				""");
	}

	@Test
	void thereAreFiftyThousandAddressesAndNoMore() {
		int taken = 0;
		for (int i = 0; i < 50_010; i++) {
			taken += this.file.add("https://example.org/archive/weekly/" + i, DAY) ? 1 : 0;
		}
		assertThat(taken).isEqualTo(50_000);
		assertThat(addresses(text())).isEqualTo(50_000);
	}

	@Test
	void itHasFiftyMegabytesAndNotAnOctetMore() {
		String address = "https://example.org/" + "x".repeat(1900);
		int taken = 0;
		while (this.file.add(address, DAY)) {
			taken++;
		}
		String xml = text();
		assertThat(addresses(xml)).isEqualTo(taken).isLessThan(50_000);
		assertThat(this.file.octets()).hasSizeBetween(52_428_800 - 2_000, 52_428_800);
		assertThat(xml).endsWith("</urlset>\n");
	}

	@Test
	void anAddressThatIsTooLongIsLeftOutAndTheOthersAreThere() {
		assertThat(this.file.add("https://example.org/" + "x".repeat(2028), DAY)).isTrue();
		assertThat(this.file.add("https://example.org/" + "y".repeat(2027), DAY)).isTrue();
		assertThat(text()).doesNotContain("xx").contains("yy");
	}

}
