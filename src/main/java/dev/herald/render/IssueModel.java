package dev.herald.render;

import java.net.URI;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.ibm.icu.util.ULocale;
import dev.herald.issue.IssueSource;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.Theme;
import freemarker.core.HTMLOutputFormat;
import freemarker.template.TemplateModelException;
import org.jspecify.annotations.Nullable;

/**
 * What a template sees, with the values of a recipient as they are or as slots.
 * Immutable.
 */
final class IssueModel {

	private static final String ADDRESS = "{address}";

	private final Map<String, Object> shared;

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
		this.shared = new LinkedHashMap<>();
		this.issue = Map.of("title", source.title(), "date", date(source.date(), newsletter), "preheader", preheader,
				"online", online, "isoDate", (source.date() != null) ? source.date().toString() : "", "contents",
				List.of());
		this.shared.putAll(this.layout.functions());
		this.shared.putAll(script(newsletter.language()));
		this.shared.put("newsletter", Map.of("name", newsletter.name(), "key", newsletter.key(), "postalAddress",
				newsletter.postalAddress(), "url", url(newsletter.baseUrl())));
		this.shared.put("theme", ThemeModel.of(newsletter.theme(), newsletter.language()));
	}

	private IssueModel(IssueModel other, List<Section> contents) {
		this.layout = other.layout;
		this.words = other.words;
		this.shared = other.shared;
		this.issue = new LinkedHashMap<>(other.issue);
		this.issue.put("contents",
				contents.stream()
					.map((section) -> Map.of("title", section.title(), "anchor", section.anchor()))
					.toList());
	}

	/** The same with a table of contents. */
	IssueModel withContents(List<Section> contents) {
		return new IssueModel(this, contents);
	}

	private static Map<String, Object> script(Locale language) {
		return Map.of("lang", language.toLanguageTag(), "dir",
				ULocale.forLocale(language).isRightToLeft() ? "rtl" : "ltr", "cjk",
				List.of("zh", "ja", "ko").contains(language.getLanguage()));
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
		model.put("issue", issueWith(body));
		Map<String, Object> recipient = new LinkedHashMap<>();
		recipient.put("address", address);
		recipient.put("name", name);
		model.put("recipient", recipient);
		model.put("unsubscribe", unsubscribe);
		model.put("words", filledWords);
		return model;
	}

	private Map<String, Object> issueWith(String body) {
		Map<String, Object> issueWithBody = new LinkedHashMap<>(this.issue);
		issueWithBody.put("body", markup(body));
		return issueWithBody;
	}

	/** For a page that everybody may read: no recipient, and no word that names one. */
	Map<String, Object> forNobody(String body, boolean published) {
		Map<String, Object> model = new LinkedHashMap<>(this.shared);
		Map<String, Object> page = issueWith(body);
		page.put("published", published);
		model.put("issue", page);
		model.put("words", withoutAddress(this.words));
		return model;
	}

	/** For a page that has neither issue nor newsletter. */
	static Map<String, Object> ofNoIssue(Locale language, Map<String, String> words) {
		Map<String, Object> model = new LinkedHashMap<>(script(language));
		model.put("theme", ThemeModel.of(Theme.DEFAULT, language));
		model.put("words", withoutAddress(words));
		return model;
	}

	private static Map<String, String> withoutAddress(Map<String, String> words) {
		Map<String, String> result = new LinkedHashMap<>(words);
		result.values().removeIf((word) -> word.contains(ADDRESS));
		return result;
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
