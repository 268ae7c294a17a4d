package dev.herald.web;

import java.util.Map;

import dev.herald.issue.Drafts.Seen;
import org.jspecify.annotations.Nullable;

/**
 * What the form of the editor holds.
 *
 * @param seen the draft as this tab knows it; null where it knows none
 * @param basedOn the version that the writer began with; 0 where the form does not say
 * @param text null where the form has none, which is not an empty one
 * @param to addresses of a test
 */
record EditorForm(@Nullable Seen seen, int basedOn, @Nullable String text, PreviewChoice choice, String address,
		String to) {

	static EditorForm of(Map<String, String> fields) {
		int draft = number(fields, "draft");
		return new EditorForm((draft > 0) ? new Seen(draft, number(fields, "revision")) : null,
				number(fields, "basedOn"), fields.get("text"),
				PreviewChoice.of(fields.getOrDefault("as", ""), fields.getOrDefault("reader", "")),
				fields.getOrDefault("address", "").strip(), fields.getOrDefault("to", ""));
	}

	private static int number(Map<String, String> fields, String name) {
		String digits = fields.getOrDefault(name, "");
		return digits.matches("\\d{1,9}") ? Integer.parseInt(digits) : 0;
	}

}
