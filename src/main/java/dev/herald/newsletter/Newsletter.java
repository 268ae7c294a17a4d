package dev.herald.newsletter;

import java.net.URI;
import java.util.Locale;

import dev.herald.address.EmailAddress;
import dev.herald.address.Mailbox;
import org.jspecify.annotations.Nullable;

/**
 * A publication and its settings.
 *
 * @param key names it on the command line, in URLs and in List-Id: a DNS label
 * @param baseUrl what relative links and pictures in its issues are resolved against
 * @param postalAddress shown in the footer of every mail; may be empty
 * @param theme how its mails look
 * @param archived whether its issues have a public page once they are sent
 * @param approval whether a second person has to approve its sends
 * @param tracking what it wants to know of its readers
 * @param archiveDelay how long after the begin of its send an issue has no public page
 */
public record Newsletter(int id, String key, String name, Mailbox sender, @Nullable EmailAddress replyTo,
		Locale language, @Nullable URI baseUrl, String postalAddress, Theme theme, boolean archived, boolean approval,
		TrackingMode tracking, ArchiveDelay archiveDelay) {

	/** With the look and the archive that a newsletter has where nothing is said. */
	public Newsletter(int id, String key, String name, Mailbox sender, @Nullable EmailAddress replyTo, Locale language,
			@Nullable URI baseUrl, String postalAddress) {
		this(id, key, name, sender, replyTo, language, baseUrl, postalAddress, Theme.DEFAULT, true, false);
	}

	/** Without tracking, and without delay in its archive. */
	public Newsletter(int id, String key, String name, Mailbox sender, @Nullable EmailAddress replyTo, Locale language,
			@Nullable URI baseUrl, String postalAddress, Theme theme, boolean archived, boolean approval) {
		this(id, key, name, sender, replyTo, language, baseUrl, postalAddress, theme, archived, approval,
				TrackingMode.NONE, ArchiveDelay.NONE);
	}

	/** The same newsletter, if these were its settings. */
	public Newsletter with(NewsletterSettings settings) {
		return new Newsletter(this.id, this.key, settings.name(), settings.sender(), settings.replyTo(),
				settings.language(), settings.baseUrl(), settings.postalAddress(), settings.theme(),
				settings.archived(), settings.approval(), settings.tracking(), settings.archiveDelay());
	}

	/** All that can be changed. */
	public NewsletterSettings settings() {
		return new NewsletterSettings(this.name, this.sender, this.replyTo, this.language, this.baseUrl,
				this.postalAddress, this.theme, this.archived, this.approval, this.tracking, this.archiveDelay);
	}

}
