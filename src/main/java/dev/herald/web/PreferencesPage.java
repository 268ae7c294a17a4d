package dev.herald.web;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.herald.person.Preferences.Offer;
import dev.herald.person.Preferences.Wanted;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.ModelAndView;

/**
 * The preferences page in its reader's words. Not thread-safe: one use, one answer.
 */
final class PreferencesPage {

	private final Map<String, Object> model = new HashMap<>();

	private PreferencesPage(Locale language, ReaderLanguages languages) {
		this.model.put("words", languages.words(ReaderLanguages.PREFERENCES, language));
	}

	/** A page of words alone, such as for a link that is not ours. */
	static ModelAndView plain(String what, Locale language, ReaderLanguages languages, HttpStatus status) {
		PreferencesPage page = new PreferencesPage(language, languages);
		page.model.put("what", what);
		return new ModelAndView("preferences", page.model, status);
	}

	/**
	 * @param host that all newsletters come from
	 */
	static PreferencesPage of(Offer offer, Locale language, ReaderLanguages languages, String token, String host) {
		PreferencesPage page = new PreferencesPage(language, languages);
		page.model.put("what", "page");
		page.model.put("offer", offer);
		page.model.put("token", token);
		page.model.put("host", host);
		page.model.put("address", offer.profile().address().masked());
		page.model.put("earliest", offer.earliest().toString());
		page.model.put("latest", offer.latest().toString());
		page.model.put("zones", Zones.names());
		page.model.put("languages",
				languages.offered()
					.stream()
					.map((one) -> Map.of("tag", one.toLanguageTag(), "name", one.getDisplayLanguage(one)))
					.toList());
		page.chosen(offer);
		return page;
	}

	private void chosen(Offer offer) {
		Locale language = offer.profile().language();
		ZoneId zone = offer.profile().zone();
		this.model.put("name", offer.profile().name());
		this.model.put("language", (language != null) ? language.toLanguageTag() : "");
		this.model.put("zone", (zone != null) ? zone.getId() : "");
		this.model.put("pause", text(offer.pausedUntil()));
		this.model.put("taken",
				offer.choices()
					.stream()
					.filter((choice) -> choice.subscribed())
					.map((choice) -> choice.newsletter().key())
					.toList());
		this.model.put("tracked",
				offer.choices()
					.stream()
					.filter((choice) -> Boolean.TRUE.equals(choice.tracked()))
					.map((choice) -> choice.newsletter().key())
					.toList());
	}

	private static String text(@Nullable LocalDate day) {
		return (day != null) ? day.toString() : "";
	}

	/** What became of a button, as the words name it. */
	PreferencesPage said(String word) {
		this.model.put("said", word);
		return this;
	}

	/**
	 * What was typed and can't be done, and why, by field.
	 */
	PreferencesPage wrong(Map<String, String> typed, Wanted wanted, Map<String, String> problems) {
		this.model.putAll(typed);
		this.model.put("taken", List.copyOf(wanted.newsletters()));
		this.model.put("tracked", List.copyOf(wanted.tracked()));
		return wrong(problems);
	}

	PreferencesPage wrong(Map<String, String> problems) {
		this.model.put("wrong", problems);
		return this;
	}

	/** As it was typed, in the form for another address. */
	PreferencesPage moveTo(String address) {
		this.model.put("moveTo", address);
		return this;
	}

	ModelAndView show(HttpStatus status) {
		return new ModelAndView("preferences", this.model, status);
	}

}
