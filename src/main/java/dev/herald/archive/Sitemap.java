package dev.herald.archive;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import dev.herald.archive.PublishedIssues.Published;
import dev.herald.newsletter.Newsletter;
import dev.herald.render.ArchiveAddress;
import dev.herald.settings.Installation;

import org.springframework.stereotype.Component;

/** All pages of all open archives, as sitemaps.org describes it. Thread-safe. */
@Component
class Sitemap {

	private final PublishedIssues published;

	private final Installation installation;

	Sitemap(PublishedIssues published, Installation installation) {
		this.published = published;
		this.installation = installation;
	}

	/**
	 * The latest of each newsletter come first; what has no room is left out. Empty where
	 * nothing is public.
	 */
	Optional<byte[]> xml() {
		SitemapFile file = new SitemapFile();
		this.published.open().forEach((newsletter) -> add(file, newsletter));
		return file.isEmpty() ? Optional.empty() : Optional.of(file.octets());
	}

	private void add(SitemapFile file, Newsletter newsletter) {
		List<Published> issues = this.published.of(newsletter);
		if (issues.isEmpty()) {
			return;
		}
		boolean room = file.add(ArchiveAddress.ofList(this.installation, newsletter), changed(issues.get(0)));
		for (int i = 0; i < issues.size() && room; i++) {
			Published issue = issues.get(i);
			room = file.add(ArchiveAddress.of(this.installation, newsletter, issue.slug()), changed(issue));
		}
	}

	private static LocalDate changed(Published issue) {
		return issue.changedAt().atOffset(ZoneOffset.UTC).toLocalDate();
	}

	/** Tells where that is; nothing is forbidden, since all else asks to sign in. */
	byte[] robots() {
		boolean any = this.published.open().stream().anyMatch((open) -> !this.published.of(open).isEmpty());
		String where = any ? "Sitemap: " + this.installation.baseUrl() + "/sitemap.xml\n" : "";
		return ("User-agent: *\nDisallow: /u/\nDisallow: /r/\nDisallow: /o/\n" + where)
			.getBytes(StandardCharsets.UTF_8);
	}

}
