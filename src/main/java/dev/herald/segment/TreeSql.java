package dev.herald.segment;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.TrackingMode;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import dev.herald.schema.Utc;

/**
 * Puts a tree into SQL that MySQL, MariaDB and H2 share. The texts are constants of this
 * class; whatever is in the tree becomes a bound value. No condition is ever NULL, so
 * that its opposite holds for everybody else. For one tree, and one thread.
 */
final class TreeSql {

	private static final String NOBODY = "1 = 0";

	/** Up to 15 digits before the point and 6 after it: all that the cast takes. */
	private static final String NUMBER = "^-?[0-9]{1,15}([.][0-9]{1,6})?$";

	/**
	 * A backslash would need another one on MySQL, and none on H2.
	 */
	private static final String ESCAPE = "!";

	private final Newsletter newsletter;

	private final MailProviders providers;

	private final Instant now;

	private final Map<String, Object> values = new LinkedHashMap<>();

	private TreeSql(Newsletter newsletter, MailProviders providers, Instant now) {
		this.newsletter = newsletter;
		this.providers = providers;
		this.now = now;
	}

	/**
	 * @param now which days are counted back from
	 * @throws Problem when it names a provider that there is none of
	 */
	static SegmentSql of(Tree tree, Newsletter newsletter, MailProviders providers, Instant now) {
		TreeSql sql = new TreeSql(newsletter, providers, now);
		String condition = sql.of(tree);
		return new SegmentSql(condition, sql.values);
	}

	private String of(Tree tree) {
		if (tree instanceof Tree.Group group) {
			List<String> parts = group.parts().stream().map(this::of).toList();
			return switch (group.match()) {
				case ALL -> joined(parts, " AND ");
				case ANY -> joined(parts, " OR ");
				case NONE -> "NOT " + joined(parts, " OR ");
			};
		}
		return of((Tree.Condition) tree);
	}

	private static String joined(List<String> parts, String word) {
		return parts.stream().collect(Collectors.joining(word, "(", ")"));
	}

	private String of(Tree.Condition condition) {
		return switch (condition.test()) {
			case ATTRIBUTE_IS -> attribute(condition, is(condition.value()));
			case ATTRIBUTE_IS_NOT -> "NOT " + attribute(condition, is(condition.value()));
			case ATTRIBUTE_CONTAINS -> attribute(condition, like("%" + escaped(condition.value()) + "%"));
			case ATTRIBUTE_BEGINS_WITH -> attribute(condition, like(escaped(condition.value()) + "%"));
			case ATTRIBUTE_IS_SET -> attribute(condition, "");
			case ATTRIBUTE_IS_NOT_SET -> "NOT " + attribute(condition, "");
			case ATTRIBUTE_LESS_THAN -> attribute(condition, number("<", condition.value()));
			case ATTRIBUTE_AT_LEAST -> attribute(condition, number(">=", condition.value()));
			case SUBSCRIBED_BEFORE -> "p.changed_at < " + bound(day(condition));
			case SUBSCRIBED_FROM -> "p.changed_at >= " + bound(day(condition));
			case SUBSCRIBED_WITHIN -> "p.changed_at >= " + bound(back(condition));
			case SUBSCRIBED_NOT_WITHIN -> "p.changed_at < " + bound(back(condition));
			case ENGAGED_WITHIN ->
				tracked("s.last_engaged_at IS NOT NULL AND s.last_engaged_at >= " + bound(back(condition)));
			case ENGAGED_NOT_WITHIN ->
				tracked("(s.last_engaged_at IS NULL OR s.last_engaged_at < " + bound(back(condition)) + ")");
			case ENGAGED_EVER -> tracked("s.last_engaged_at IS NOT NULL");
			case ENGAGED_NEVER -> tracked("s.last_engaged_at IS NULL");
			case ENGAGED_UNKNOWN -> "NOT " + tracked("1 = 1");
			case ISSUE_OPENED -> tracked(did("OPEN", condition));
			case ISSUE_NOT_OPENED -> tracked("NOT " + did("OPEN", condition));
			case ISSUE_CLICKED -> tracked(did("CLICK", condition));
			case ISSUE_NOT_CLICKED -> tracked("NOT " + did("CLICK", condition));
			case PROVIDER_IS -> providers(condition);
			case PROVIDER_IS_NOT -> "NOT " + providers(condition);
			case LANGUAGE_IS -> languages(condition);
			case LANGUAGE_IS_NOT -> "NOT " + languages(condition);
		};
	}

	/**
	 * @param further condition on its text
	 */
	private String attribute(Tree.Condition condition, String further) {
		return "EXISTS (SELECT 1 FROM subscriber_attribute a WHERE a.subscriber_id = p.subscriber_id AND a.name = "
				+ bound(condition.name()) + further + ")";
	}

	private String is(String text) {
		return " AND LOWER(a.text) = LOWER(" + bound(text) + ")";
	}

	private String like(String pattern) {
		return " AND LOWER(a.text) LIKE LOWER(" + bound(pattern) + ") ESCAPE '" + ESCAPE + "'";
	}

	private static String escaped(String text) {
		return text.replace(ESCAPE, ESCAPE + ESCAPE).replace("%", ESCAPE + "%").replace("_", ESCAPE + "_");
	}

	/** H2 refuses to cast what is no number, and a CASE is what keeps it from trying. */
	private String number(String comparison, String number) {
		return " AND CASE WHEN a.text REGEXP " + bound(NUMBER) + " THEN CAST(a.text AS DECIMAL(24, 6)) " + comparison
				+ " CAST(" + bound(number) + " AS DECIMAL(24, 6)) ELSE FALSE END";
	}

	private static LocalDateTime day(Tree.Condition condition) {
		return LocalDate.parse(condition.value()).atStartOfDay();
	}

	private LocalDateTime back(Tree.Condition condition) {
		return Utc.of(this.now.minus(Long.parseLong(condition.value()), ChronoUnit.DAYS));
	}

	/**
	 * What holds of readers who are tracked, by the newsletter and by their own consent
	 * as they are today.
	 */
	private String tracked(String condition) {
		return (this.newsletter.tracking() == TrackingMode.PERSONS) ? "(p.tracked = 1 AND " + condition + ")"
				: "(" + NOBODY + ")";
	}

	private String did(String kind, Tree.Condition condition) {
		return "EXISTS (SELECT 1 FROM engagement e JOIN issue i ON i.id = e.issue_id WHERE e.subscriber_id = p.subscriber_id"
				+ " AND e.kind = '" + kind
				+ "' AND e.actor = 'HUMAN' AND i.newsletter_id = p.newsletter_id AND i.slug = "
				+ bound(condition.value()) + ")";
	}

	private String providers(Tree.Condition condition) {
		Map<String, MailProviders.Provider> all = this.providers.all();
		List<String> ways = new ArrayList<>();
		for (String name : condition.values()) {
			MailProviders.Provider provider = all.get(name);
			if (provider == null) {
				throw Problem
					.usage(Sentence.of("segment.provider", name, String.join(", ", new TreeSet<>(all.keySet()))));
			}
			ways.add((provider.code() == MailProviders.Provider.OTHER) ? "NOT " + any(all) : known(List.of(provider)));
		}
		return joined(ways, " OR ");
	}

	private String any(Map<String, MailProviders.Provider> all) {
		return known(all.values().stream().filter((each) -> each.code() != MailProviders.Provider.OTHER).toList());
	}

	/**
	 * By the settings, and by what the DNS said of a domain when something was sent to
	 * it.
	 */
	private String known(List<MailProviders.Provider> providers) {
		List<String> domains = providers.stream().flatMap((each) -> each.domains().stream()).sorted().toList();
		List<Integer> codes = providers.stream().map(MailProviders.Provider::code).toList();
		if (codes.isEmpty()) {
			return "(" + NOBODY + ")";
		}
		String found = "EXISTS (SELECT 1 FROM mail_domain m WHERE m.name = " + SegmentSql.DOMAIN
				+ " AND m.provider IN (" + bound(codes) + "))";
		return domains.isEmpty() ? "(" + found + ")"
				: "(" + SegmentSql.DOMAIN + " IN (" + bound(domains) + ") OR " + found + ")";
	}

	/** Who chose none has the newsletter's. */
	private String languages(Tree.Condition condition) {
		List<String> ways = new ArrayList<>();
		Set<String> tags = condition.values()
			.stream()
			.map((tag) -> tag.toLowerCase(Locale.ROOT))
			.collect(Collectors.toCollection(TreeSet::new));
		String own = this.newsletter.language().toLanguageTag().toLowerCase(Locale.ROOT);
		for (String tag : tags) {
			ways.add("LOWER(s.language) = " + bound(tag));
			ways.add("LOWER(s.language) LIKE " + bound(escaped(tag) + "-%") + " ESCAPE '" + ESCAPE + "'");
		}
		if (tags.stream().anyMatch((tag) -> own.equals(tag) || own.startsWith(tag + "-"))) {
			ways.add("s.language = ''");
		}
		return joined(ways, " OR ");
	}

	private String bound(Object value) {
		String name = "segment" + this.values.size();
		this.values.put(name, value);
		return ":" + name;
	}

}
