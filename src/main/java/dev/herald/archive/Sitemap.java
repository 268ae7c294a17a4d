package dev.herald.archive;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;

import dev.herald.archive.PublishedIssues.Published;
import dev.herald.newsletter.Newsletter;
import dev.herald.render.ArchiveAddress;
import dev.herald.settings.Installation;

import org.springframework.stereotype.Component;

/** All pages of all open archives, as sitemaps.org describes it. Thread-safe. */
@Component
class Sitemap {

	/** What the protocol allows in one file; the latest come first. */
	private static final int MOST_ADDRESSES = 50_000;

	private final PublishedIssues published;

	private final Installation installation;

	Sitemap(PublishedIssues published, Installation installation) {
		this.published = published;
		this.installation = installation;
	}

	byte[] xml() {
		StringBuilder xml = new StringBuilder("""
				<?xml version="1.0" encoding="UTF-8"?>
				<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
				""");
		int left = MOST_ADDRESSES;
		for (Newsletter newsletter : this.published.open()) {
			List<Published> issues = this.published.of(newsletter);
			if (issues.isEmpty() || left == 0) {
				continue;
			}
			add(xml, ArchiveAddress.ofList(this.installation, newsletter), issues.get(0));
			left--;
			for (Published issue : issues.subList(0, Math.min(issues.size(), left))) {
				add(xml, ArchiveAddress.of(this.installation, newsletter, issue.slug()), issue);
				left--;
			}
		}
		return xml.append("</urlset>\n").toString().getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Keys and encoded slugs have no sign that XML would mind, base URLs may have one.
	 */
	private static void add(StringBuilder xml, String address, Published changed) {
		xml.append("<url><loc>")
			.append(address.replace("&", "&amp;"))
			.append("</loc><lastmod>")
			.append(changed.changedAt().atOffset(ZoneOffset.UTC).toLocalDate())
			.append("</lastmod></url>\n");
	}

	/** Tells where that is; nothing is forbidden, since all else asks to sign in. */
	byte[] robots() {
		return "User-agent: *\nDisallow: /u/\nDisallow: /r/\nDisallow: /o/\nSitemap: %s/sitemap.xml\n"
			.formatted(this.installation.baseUrl())
			.getBytes(StandardCharsets.UTF_8);
	}

}
