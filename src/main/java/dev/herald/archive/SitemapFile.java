package dev.herald.archive;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/** One sitemap, as long as the protocol lets it become. Not thread-safe. */
final class SitemapFile {

	static final int MOST_ADDRESSES = 50_000;

	/** Of the whole file: 50 MB as sitemaps.org counts them. */
	static final int MOST_OCTETS = 52_428_800;

	/** An address has fewer characters. */
	static final int LONGEST_ADDRESS = 2048;

	private static final String END = "</urlset>\n";

	private final StringBuilder xml = new StringBuilder("""
			<?xml version="1.0" encoding="UTF-8"?>
			<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
			""");

	private int addresses;

	/**
	 * Keys and encoded slugs have no sign that XML would mind, base URLs may have one.
	 * @param address of ASCII alone; left out where the protocol has no room for it
	 * @return whether there may be room for another
	 */
	boolean add(String address, LocalDate changed) {
		String url = "<url><loc>" + address.replace("&", "&amp;").replace("'", "&apos;") + "</loc><lastmod>" + changed
				+ "</lastmod></url>\n";
		if (this.addresses == MOST_ADDRESSES || this.xml.length() + url.length() + END.length() > MOST_OCTETS) {
			return false;
		}
		if (address.length() < LONGEST_ADDRESS) {
			this.xml.append(url);
			this.addresses++;
		}
		return true;
	}

	/** The protocol has no sitemap without an address. */
	boolean isEmpty() {
		return this.addresses == 0;
	}

	byte[] octets() {
		return (this.xml + END).getBytes(StandardCharsets.UTF_8);
	}

}
