package dev.herald.render;

import java.net.URI;
import java.util.Locale;
import java.util.Map;

import dev.herald.address.EmailAddress;
import dev.herald.newsletter.Newsletter;
import org.jspecify.annotations.Nullable;

/**
 * What a notice says, and to whom: nothing in it was typed by a stranger. Immutable.
 *
 * @param template names {@code templates/notice/TEMPLATE.ftlh} and {@code .ftl}
 * @param words what its words begin with, in {@code templates/words/}
 * @param newsletter whose sender and look it has
 * @param language that it speaks, the reader's
 * @param values for the words, by the name between braces, as in {@code {days}}
 * @param links for the templates, by name
 * @param unsubscribe how its reader leaves; null where there is no subscription
 * @param envelopeSender where reports about it come back
 */
public record Notice(String template, String words, Newsletter newsletter, Locale language, EmailAddress to,
		Map<String, String> values, Map<String, URI> links, @Nullable URI unsubscribe, EmailAddress envelopeSender,
		String messageId) {

	public Notice {
		values = Map.copyOf(values);
		links = Map.copyOf(links);
	}

}
