package dev.herald.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import dev.herald.check.Finding.Check;
import dev.herald.check.Outline.Link;
import dev.herald.probe.Answer.Present;
import dev.herald.problem.Sentence;

/** Links that lead nowhere, say nothing, go in clear, or come twice. */
final class LinkChecks implements Checks {

	private static final Pattern FRONT = Pattern.compile("(?i)(?:https?:)?//[^/?#]*/?(?:#.*)?");

	/** Words that say nothing of where a link leads. */
	private static final Set<String> POINTING = Set.of("here", "this", "link", "more", "readmore", "source", "details",
			"website", "homepage", "原文", "链接", "这里", "点击", "点击这里", "阅读原文", "全文", "网页", "详情");

	@Override
	public void check(CheckedIssue issue, Findings findings) {
		Set<String> arrived = Set.copyOf(issue.page().select("a[href]").eachAttr("href"));
		boolean hasBase = issue.newsletter().baseUrl() != null;
		Map<String, List<Link>> alike = new LinkedHashMap<>();
		for (Link link : issue.outline().links()) {
			text(link, findings);
			Destination destination = Destination.of(link.destination());
			switch (destination) {
				case WHOLE -> {
				}
				case EMPTY -> findings.error(Check.EMPTY_LINK, link.line(), Sentence.of("check.empty-link", name(link)),
						Sentence.of("check.empty-link.why"), Sentence.of("check.empty-link.mend"));
				case CLEAR -> findings.warn(Check.HTTP_LINK, link.line(), Sentence.of("check.http-link", name(link)),
						Sentence.of("check.http-link.why"), safer(link.destination(), false, issue));
				case RELATIVE, ANCHOR, FOREIGN -> {
					if (!(destination == Destination.RELATIVE && hasBase) && !arrived.contains(link.destination())) {
						lost(link, destination, findings);
					}
				}
			}
			if (destination == Destination.CLEAR || destination == Destination.WHOLE) {
				alike.computeIfAbsent(link.destination(), (any) -> new ArrayList<>()).add(link);
			}
		}
		alike.forEach((address, links) -> twice(address, links, findings));
	}

	/** Where the site itself leads, if it was asked. */
	static Sentence safer(String destination, boolean picture, CheckedIssue issue) {
		if (issue.online().of(destination, picture) instanceof Present present && present.movedTo() != null
				&& present.movedTo().getScheme().equals("https")) {
			return Sentence.of("check.http-link.known", present.movedTo().toString());
		}
		return Sentence.of("check.http-link.mend");
	}

	static Sentence name(Link link) {
		return Sentence.of("check.link",
				CheckedIssue.brief((link.text() != null && !link.text().isBlank()) ? link.text() : link.destination()));
	}

	private static void text(Link link, Findings findings) {
		if (link.text() != null && link.text().isBlank() && !link.destination().isEmpty()) {
			findings.warn(Check.EMPTY_LINK, link.line(),
					Sentence.of("check.bare-link", CheckedIssue.brief(link.destination())),
					Sentence.of("check.bare-link.why"), Sentence.of("check.bare-link.mend"));
		}
	}

	private static void lost(Link link, Destination destination, Findings findings) {
		String address = CheckedIssue.brief(link.destination());
		switch (destination) {
			case RELATIVE -> findings.error(Check.LOST_LINK, link.line(),
					Sentence.of("check.lost-link.relative", name(link), address),
					Sentence.of("check.lost-link.relative.why"), Sentence.of("check.whole-address"));
			case ANCHOR ->
				findings.warn(Check.LOST_LINK, link.line(), Sentence.of("check.lost-link.anchor", name(link), address),
						Sentence.of("check.lost-link.anchor.why"), Sentence.of("check.lost-link.anchor.mend"));
			default ->
				findings.warn(Check.LOST_LINK, link.line(), Sentence.of("check.lost-link.foreign", name(link), address),
						Sentence.of("check.lost-link.foreign.why"), Sentence.of("check.lost-link.foreign.mend"));
		}
	}

	/**
	 * Under other words: who copies an item and forgets the address has these. The same
	 * words again, a bare address, a picture or a front page are meant.
	 */
	private static void twice(String address, List<Link> links, Findings findings) {
		Link first = null;
		for (Link link : links) {
			if (telling(link).isEmpty() || FRONT.matcher(address).matches()) {
				continue;
			}
			if (first == null) {
				first = link;
			}
			else if (differs(telling(first), telling(link))) {
				findings.warn(Check.DUPLICATE_LINK, link.line(),
						Sentence.of("check.duplicate-link", CheckedIssue.brief(words(link)),
								CheckedIssue.brief(words(first)),
								(first.line() != link.line()) ? Sentence.of("check.duplicate-link.line", first.line())
										: "",
								CheckedIssue.brief(address)),
						Sentence.of("check.duplicate-link.why"), Sentence.of("check.duplicate-link.mend"));
				return;
			}
		}
	}

	private static String words(Link link) {
		return (link.words() != null) ? link.words() : "";
	}

	/** In lower case, letters and digits alone; empty where it tells nothing. */
	private static String telling(Link link) {
		String words = words(link);
		if (words.contains("://") || words.startsWith("www.") || link.destination().endsWith("//" + words)) {
			return "";
		}
		String letters = words.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
		return POINTING.contains(letters) ? "" : letters;
	}

	private static boolean differs(String one, String other) {
		return !one.contains(other) && !other.contains(one);
	}

}
