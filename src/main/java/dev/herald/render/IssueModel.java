package dev.herald.render;

import java.net.URI;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.ibm.icu.util.ULocale;
import dev.herald.issue.IssueSource;
import dev.herald.newsletter.Newsletter;
import freemarker.core.HTMLOutputFormat;
import freemarker.template.TemplateModelException;
import org.jspecify.annotations.Nullable;

/**
 * What a template sees, with the values of a recipient as they are or as slots.
 * Immutable.
 */
final class IssueModel {

	private static final String ADDRESS = "{address}";

	private final Map<String, Object> shared = new LinkedHashMap<>();

	private final Map<String, Object> issue;

	private final Map<String, String> words;

	private final TextLayout layout;

	/**
	 * @param online the address of its page in the archive; empty where it has none
	 * @param words the newsletter filled in, the address not yet
	 */
	IssueModel(IssueSource source, Newsletter newsletter, String preheader, String online, Map<String, String> words) {
		this.layout = new TextLayout(newsletter.language());
		this.words = words;
		this.issue = Map.of("title", source.title(), "date", date(source.date(), newsletter), "preheader", preheader,
				"online", online);
		this.shared.putAll(this.layout.functions());
		this.shared.put("lang", newsletter.language().toLanguageTag());
		this.shared.put("dir", ULocale.forLocale(newsletter.language()).isRightToLeft() ? "rtl" : "ltr");
		this.shared.put("cjk", List.of("zh", "ja", "ko").contains(newsletter.language().getLanguage()));
		this.shared.put("newsletter", Map.of("name", newsletter.name(), "key", newsletter.key(), "postalAddress",
				newsletter.postalAddress(), "url", url(newsletter.baseUrl())));
	}

	private static String url(@Nullable URI url) {
		return (url != null) ? url.toString() : "";
	}

	private static String date(@Nullable LocalDate date, Newsletter newsletter) {
		return (date != null)
				? DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(newsletter.language()).format(date)
				: "";
	}

	/** The word of that key, where no word has an address in it. */
	String word(String key) {
		return this.words.getOrDefault(key, key);
	}

	/** With the recipient's values as plain strings: the full rendering. */
	Map<String, Object> with(String body, RecipientValues values) {
		Map<String, Object> filled = new LinkedHashMap<>();
		this.words.forEach((key, word) -> filled.put(key, word.replace(ADDRESS, values.address())));
		return with(body, values.unsubscribe(), values.address(), values.name(), filled);
	}

	/** With the recipient's values as slots of a run. */
	Map<String, Object> with(String body, TemplateRun run) {
		SlotText unsubscribe = run.slot(RecipientValues::unsubscribe);
		SlotText address = run.slot(RecipientValues::address);
		SlotText name = run.slot(RecipientValues::name);
		Map<String, Object> filled = new LinkedHashMap<>();
		this.words.forEach((key, word) -> filled.put(key, word.contains(ADDRESS) ? new SlotText(run,
				word.replace(ADDRESS, address.shown()), (values) -> word.replace(ADDRESS, values.address())) : word));
		Map<String, Object> model = with(body, unsubscribe, address, name, filled);
		model.put(Interpolations.CALL, run.computed());
		return model;
	}

	private Map<String, Object> with(String body, Object unsubscribe, Object address, Object name,
			Map<String, Object> filledWords) {
		Map<String, Object> model = new LinkedHashMap<>(this.shared);
		Map<String, Object> issueWithBody = new LinkedHashMap<>(this.issue);
		issueWithBody.put("body", markup(body));
		model.put("issue", issueWithBody);
		Map<String, Object> recipient = new LinkedHashMap<>();
		recipient.put("address", address);
		recipient.put("name", name);
		model.put("recipient", recipient);
		model.put("unsubscribe", unsubscribe);
		model.put("words", filledWords);
		return model;
	}

	private static Object markup(String body) {
		try {
			return HTMLOutputFormat.INSTANCE.fromMarkup(body);
		}
		catch (TemplateModelException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
