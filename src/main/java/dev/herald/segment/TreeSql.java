package dev.herald.segment;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
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
 * Puts a tree into terms of SQL that MySQL, MariaDB and H2 share. The texts are constants
 * of this class; whatever is in the tree becomes a bound value. For one tree, and one
 * thread.
 */
final class TreeSql {

	private static final Members NOBODY = new Members.Having("1 = 0");

	/**
	 * A backslash would need another one on MySQL, and none on H2.
	 */
	private static final String ESCAPE = "!";

	private static final String ESCAPED = " ESCAPE '" + ESCAPE + "'";

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
	static Compiled of(Tree tree, Newsletter newsletter, MailProviders providers, Instant now) {
		TreeSql sql = new TreeSql(newsletter, providers, now);
		return new Compiled(sql.of(tree), sql.values);
	}

	private Members of(Tree tree) {
		if (tree instanceof Tree.Group group) {
			List<Members> parts = group.parts().stream().map(this::of).toList();
			return switch (group.match()) {
				case ALL -> new Members.Joined(true, parts);
				case ANY -> new Members.Joined(false, parts);
				case NONE -> new Members.Not(new Members.Joined(false, parts));
			};
		}
		return of((Tree.Condition) tree);
	}

	private Members of(Tree.Condition condition) {
		return switch (condition.test()) {
			case ATTRIBUTE_IS -> attribute(condition, is(condition.value()));
			case ATTRIBUTE_IS_NOT -> new Members.Not(attribute(condition, is(condition.value())));
			case ATTRIBUTE_CONTAINS -> attribute(condition, like("%" + escaped(folded(condition.value())) + "%"));
			case ATTRIBUTE_BEGINS_WITH -> attribute(condition, like(escaped(folded(condition.value())) + "%"));
			case ATTRIBUTE_IS_SET -> attribute(condition, "");
			case ATTRIBUTE_IS_NOT_SET -> new Members.Not(attribute(condition, ""));
			case ATTRIBUTE_LESS_THAN -> attribute(condition, number("<", condition.value()));
			case ATTRIBUTE_AT_LEAST -> attribute(condition, number(">=", condition.value()));
			case SUBSCRIBED_BEFORE -> new Members.Having("p.changed_at < " + bound(day(condition)));
			case SUBSCRIBED_FROM -> new Members.Having("p.changed_at >= " + bound(day(condition)));
			case SUBSCRIBED_WITHIN -> new Members.Having("p.changed_at >= " + bound(back(condition)));
			case SUBSCRIBED_NOT_WITHIN -> new Members.Having("p.changed_at < " + bound(back(condition)));
			case ENGAGED_WITHIN -> tracked(engagedSince(condition));
			case ENGAGED_NOT_WITHIN -> tracked(new Members.Not(engagedSince(condition)));
			case ENGAGED_EVER -> tracked(subscribers("s.last_engaged_at IS NOT NULL"));
			case ENGAGED_NEVER -> tracked(subscribers("s.last_engaged_at IS NULL"));
			case ENGAGED_UNKNOWN -> new Members.Not(tracked(new Members.Having("1 = 1")));
			case ISSUE_OPENED -> tracked(did("OPEN", condition));
			case ISSUE_NOT_OPENED -> tracked(new Members.Not(did("OPEN", condition)));
			case ISSUE_CLICKED -> tracked(did("CLICK", condition));
			case ISSUE_NOT_CLICKED -> tracked(new Members.Not(did("CLICK", condition)));
			case PROVIDER_IS -> providers(condition);
			case PROVIDER_IS_NOT -> new Members.Not(providers(condition));
			case LANGUAGE_IS -> languages(condition);
			case LANGUAGE_IS_NOT -> new Members.Not(languages(condition));
		};
	}

	/**
	 * @param further condition on what is compared of it
	 */
	private Members attribute(Tree.Condition condition, String further) {
		return new Members.Among("subscriber_attribute a", "a.subscriber_id",
				"a.name = " + bound(condition.name()) + further);
	}

	private String is(String text) {
		return " AND a.folded = " + bound(folded(text));
	}

	private String like(String pattern) {
		return " AND a.folded LIKE " + bound(pattern) + ESCAPED;
	}

	private String number(String comparison, String number) {
		return " AND a.number " + comparison + " " + bound(new BigDecimal(number));
	}

	private static String folded(String text) {
		return FoldedText.of(text).folded();
	}

	private static String escaped(String text) {
		return text.replace(ESCAPE, ESCAPE + ESCAPE).replace("%", ESCAPE + "%").replace("_", ESCAPE + "_");
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
	private Members tracked(Members members) {
		return (this.newsletter.tracking() == TrackingMode.PERSONS)
				? new Members.Joined(true, List.of(new Members.Having("p.tracked = 1"), members)) : NOBODY;
	}

	private static Members subscribers(String condition) {
		return new Members.Among("subscriber s", "s.id", condition);
	}

	private Members engagedSince(Tree.Condition condition) {
		return subscribers("s.last_engaged_at >= " + bound(back(condition)));
	}

	private Members did(String kind, Tree.Condition condition) {
		return new Members.Among("engagement e JOIN issue i ON i.id = e.issue_id", "e.subscriber_id",
				"e.kind = '" + kind + "' AND e.actor = 'HUMAN' AND i.newsletter_id = " + bound(this.newsletter.id())
						+ " AND i.slug = " + bound(condition.value()));
	}

	private Members providers(Tree.Condition condition) {
		Map<String, MailProviders.Provider> all = this.providers.all();
		List<MailProviders.Provider> named = new ArrayList<>();
		for (String name : condition.values()) {
			MailProviders.Provider provider = all.get(name);
			if (provider == null) {
				throw Problem
					.usage(Sentence.of("segment.provider", name, String.join(", ", new TreeSet<>(all.keySet()))));
			}
			named.add(provider);
		}
		return named.stream().anyMatch(TreeSql::isOther)
				? new Members.Joined(false, List.of(known(named), new Members.Not(known(all.values())))) : known(named);
	}

	private static boolean isOther(MailProviders.Provider provider) {
		return provider.code() == MailProviders.Provider.OTHER;
	}

	/**
	 * By the settings, and by what the DNS said of a domain when something was sent to
	 * it. In one condition both took MariaDB longer than each alone.
	 */
	private Members known(Collection<MailProviders.Provider> providers) {
		List<MailProviders.Provider> known = providers.stream().filter((each) -> !isOther(each)).toList();
		if (known.isEmpty()) {
			return NOBODY;
		}
		List<Members> ways = new ArrayList<>();
		ways.add(subscribers(SegmentSql.DOMAIN + " IN (SELECT m.name FROM mail_domain m WHERE m.provider IN ("
				+ bound(known.stream().map(MailProviders.Provider::code).toList()) + "))"));
		List<String> domains = known.stream().flatMap((each) -> each.domains().stream()).sorted().toList();
		if (!domains.isEmpty()) {
			ways.add(subscribers(SegmentSql.DOMAIN + " IN (" + bound(domains) + ")"));
		}
		return new Members.Joined(false, ways);
	}

	/** Who chose none has the newsletter's. */
	private Members languages(Tree.Condition condition) {
		Set<String> tags = condition.values()
			.stream()
			.map((tag) -> Locale.forLanguageTag(tag).toLanguageTag())
			.collect(Collectors.toCollection(TreeSet::new));
		List<String> ways = new ArrayList<>();
		for (String tag : tags) {
			ways.add("s.language = " + bound(tag));
			ways.add("s.language LIKE " + bound(escaped(tag) + "-%") + ESCAPED);
		}
		String own = this.newsletter.language().toLanguageTag();
		if (tags.stream().anyMatch((tag) -> own.equals(tag) || own.startsWith(tag + "-"))) {
			ways.add("s.language = ''");
		}
		return subscribers("(" + String.join(" OR ", ways) + ")");
	}

	private String bound(Object value) {
		String name = "segment" + this.values.size();
		this.values.put(name, value);
		return ":" + name;
	}

	/**
	 * @param values by the names under which they are bound, which begin with "segment"
	 */
	record Compiled(Members members, Map<String, Object> values) {

		Compiled {
			values = Map.copyOf(values);
		}

		SegmentSql sql() {
			return new SegmentSql(this.members.sql(), this.values);
		}

	}

}
