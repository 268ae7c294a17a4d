package dev.herald.render;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import dev.herald.newsletter.Newsletter;
import dev.herald.settings.Installation;

/** Where an issue's page in the archive is. Stateless. */
public final class ArchiveAddress {

	private ArchiveAddress() {
	}

	/** Of the list of a newsletter's issues. */
	public static String ofList(Installation installation, Newsletter newsletter) {
		return "%s/archive/%s".formatted(installation.baseUrl(), newsletter.key());
	}

	/**
	 * For a mail: empty also where the page is there only later, since a link that leads
	 * nowhere for a week is none.
	 */
	static String inMails(Installation installation, Newsletter newsletter, String slug) {
		return newsletter.archiveDelay().length().isZero() ? of(installation, newsletter, slug) : "";
	}

	/**
	 * The same for all readers: it holds no token. Empty where the newsletter has no
	 * archive.
	 * @param slug as the newsletter knows the issue; may be of any script
	 */
	public static String of(Installation installation, Newsletter newsletter, String slug) {
		// A slug has no space, which is all that a form's encoding does otherwise.
		return newsletter.archived() ? "%s/archive/%s/%s".formatted(installation.baseUrl(), newsletter.key(),
				URLEncoder.encode(slug, StandardCharsets.UTF_8)) : "";
	}

}
