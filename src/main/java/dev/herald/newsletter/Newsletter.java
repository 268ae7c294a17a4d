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
 */
public record Newsletter(int id, String key, String name, Mailbox sender, @Nullable EmailAddress replyTo,
		Locale language, @Nullable URI baseUrl, String postalAddress) {
}
