package dev.herald.web;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import dev.herald.person.Preferences.Offer;
import dev.herald.person.Preferences.Wanted;
import dev.herald.subscriber.Profile;
import org.jspecify.annotations.Nullable;

import org.springframework.util.MultiValueMap;

/**
 * What a reader filled in on the preferences page.
 *
 * @param typed the fields as they were sent
 * @param problems by field, as the words name them; with any of them nothing is done
 */
record PreferencesForm(Wanted wanted, Map<String, String> typed, Map<String, String> problems) {

	static PreferencesForm read(MultiValueMap<String, String> form, Offer offer, ReaderLanguages languages) {
		Map<String, String> typed = new LinkedHashMap<>();
		for (String field : List.of("name", "language", "zone", "pause")) {
			typed.put(field, Objects.requireNonNullElse(form.getFirst(field), "").strip());
		}
		Map<String, String> problems = new LinkedHashMap<>();
		Wanted wanted = new Wanted(Set.copyOf(form.getOrDefault("newsletter", List.of())),
				Set.copyOf(form.getOrDefault("tracked", List.of())), name(typed.getOrDefault("name", ""), problems),
				language(typed.getOrDefault("language", ""), languages, problems),
				zone(typed.getOrDefault("zone", ""), offer, problems),
				pause(typed.getOrDefault("pause", ""), offer, problems));
		return new PreferencesForm(wanted, typed, problems);
	}

	private static String name(String typed, Map<String, String> problems) {
		String name = typed.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}\\s]+", " ").strip();
		if (name.length() > Profile.MAX_NAME || !Profile.isPrintable(name)) {
			problems.put("name", "wrong.name");
		}
		return name;
	}

	private static @Nullable Locale language(String typed, ReaderLanguages languages, Map<String, String> problems) {
		if (typed.isEmpty()) {
			return null;
		}
		Locale language = languages.parse(typed).orElse(null);
		if (language == null) {
			problems.put("language", "wrong.language");
		}
		return language;
	}

	/** One that an import brought stays, though the list does not have it. */
	private static @Nullable ZoneId zone(String typed, Offer offer, Map<String, String> problems) {
		ZoneId present = offer.profile().zone();
		if (typed.isEmpty() || (present != null && present.getId().equals(typed))) {
			return typed.isEmpty() ? null : present;
		}
		if (!Zones.names().contains(typed)) {
			problems.put("zone", "wrong.zone");
			return null;
		}
		return ZoneId.of(typed);
	}

	private static @Nullable LocalDate pause(String typed, Offer offer, Map<String, String> problems) {
		if (typed.isEmpty()) {
			return null;
		}
		try {
			LocalDate day = LocalDate.parse(typed);
			boolean offered = !day.isBefore(offer.earliest()) && !day.isAfter(offer.latest());
			if (offered || day.equals(offer.pausedUntil())) {
				return day;
			}
		}
		catch (DateTimeParseException ex) {
			// Said below, with the days that can be chosen.
		}
		problems.put("pause", "wrong.pause");
		return null;
	}

}
