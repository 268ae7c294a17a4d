package dev.herald.newsletter;

import java.net.URI;
import java.util.Locale;

import dev.herald.address.EmailAddress;
import dev.herald.address.Mailbox;
import org.jspecify.annotations.Nullable;

/** All that an editor may set of a newsletter; its key is fixed when it is created. */
public record NewsletterSettings(String name, Mailbox sender, @Nullable EmailAddress replyTo, Locale language,
		@Nullable URI baseUrl, String postalAddress) {
}
