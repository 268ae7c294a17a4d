package dev.herald.subscriber;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Programs whose exports Herald knows, with what their columns mean. */
public enum Preset {

	/** Any other list: by the names of its columns. */
	NONE("", Set.of(), Map.of(), Set.of()),

	/**
	 * A column of that name in other lists often says "English": it stays an attribute
	 * there.
	 */
	HERALD("Herald", Set.of("email", "state", "since", "suppression"), Map.of("language", ListField.LANGUAGE),
			Set.of()),

	/** As of listmonk 5: subscribers without what they are to a list. */
	LISTMONK("listmonk", Set.of("uuid", "email", "attributes", "status"), Map.of(), Set.of("uuid", "updated at")),

	/** The files of a zip: subscribed, unsubscribed, cleaned, nonsubscribed. */
	MAILCHIMP("Mailchimp", Set.of("email address", "leid", "euid"),
			Map.of("optin time", ListField.SINCE, "confirm time", ListField.IGNORED, "clean campaign title",
					ListField.SUPPRESSION_WHY, "timezone", ListField.ZONE, "address", ListField.ATTRIBUTE),
			Set.of("leid", "euid", "member rating", "optin ip", "confirm ip", "latitude", "longitude", "gmtoff",
					"dstoff", "last changed", "unsub campaign title", "unsub campaign id", "clean campaign id")),

	GHOST("Ghost", Set.of("email", "subscribed to emails", "complimentary plan"),
			Map.of("deleted at", ListField.LEFT_AT), Set.of("id")),

	SUBSTACK("Substack", Set.of("email", "active subscription", "email disabled"), Map.of(), Set.of()),

	PHPLIST("phpList", Set.of("email", "confirmed", "blacklisted"),
			Map.of("disabled", ListField.UNSUBSCRIBED, "entered", ListField.SINCE),
			Set.of("id", "last modified", "unique id", "password", "uniqid", "modified", "uuid"));

	/** What phpList 3 calls the columns of its table on top of an export. */
	private static final Map<String, String> PHPLIST_LABELS = Map.ofEntries(
			Map.entry("is this subscriber confirmed", "confirmed"), Map.entry("is this user confirmed", "confirmed"),
			Map.entry("is the email of this user confirmed", "confirmed"),
			Map.entry("is this subscriber blacklisted", "blacklisted"),
			Map.entry("is this user blacklisted", "blacklisted"), Map.entry("is this account disabled?", "disabled"));

	/** How Mailchimp calls its list of those who never asked for mail. */
	private static final String NEVER_ASKED = "nonsubscribed";

	private final String title;

	@SuppressWarnings("ImmutableEnumChecker") // made by Set.of, as the others
	private final Set<String> recognised;

	@SuppressWarnings("ImmutableEnumChecker")
	private final Map<String, ListField> fields;

	@SuppressWarnings("ImmutableEnumChecker")
	private final Set<String> ignored;

	Preset(String title, Set<String> recognised, Map<String, ListField> fields, Set<String> ignored) {
		this.title = title;
		this.recognised = recognised;
		this.fields = fields;
		this.ignored = ignored;
	}

	/** The program's own name; empty for none. */
	public String title() {
		return this.title;
	}

	public String key() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** The program that the header is of, whatever the file is called. */
	static Preset of(List<String> header) {
		Set<String> names = header.stream().map(Preset::plain).collect(Collectors.toSet());
		return Arrays.stream(values())
			.filter((preset) -> preset != NONE && names.containsAll(preset.recognised))
			.findFirst()
			.orElse(ListColumns.areOwn(header) ? HERALD : NONE);
	}

	private static String plain(String name) {
		String normal = Headers.normal(name);
		return PHPLIST_LABELS.getOrDefault(normal, normal);
	}

	/** What each column holds. */
	Mapping mapping(List<String> header) {
		return new Mapping(header.stream().map((name) -> target(name, header)).toList()).distinct(header);
	}

	private Mapping.Target target(String name, List<String> header) {
		String plain = (this == PHPLIST) ? plain(name) : Headers.normal(name);
		if (name.isBlank() || this.ignored.contains(plain)) {
			return new Mapping.Target(ListField.IGNORED, "");
		}
		if (name.startsWith(ListColumns.ATTRIBUTE_PREFIX)) {
			return new Mapping.Target(ListField.ATTRIBUTE, name.substring(ListColumns.ATTRIBUTE_PREFIX.length()));
		}
		ListField own = this.fields.get(plain);
		ListField field = (own != null) ? own
				: (this == PHPLIST) ? Headers.field(plain, header) : Headers.field(name, header);
		return new Mapping.Target(field, (field == ListField.ATTRIBUTE) ? name.strip() : "");
	}

	/** What a file of this name can be at most. */
	Everyone everyone(String fileName) {
		boolean neverAsked = this == MAILCHIMP && fileName.toLowerCase(Locale.ROOT).contains(NEVER_ASKED);
		return neverAsked ? Everyone.PENDING : Everyone.AS_WRITTEN;
	}

}
