package dev.herald.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.herald.check.Finding.Check;
import dev.herald.check.Outline.Link;

/** Links that lead nowhere, say nothing, go in clear, or come twice. */
final class LinkChecks implements Checks {

	private static final int MOST_LINES = 10;

	@Override
	public void check(CheckedIssue issue, Findings findings) {
		Set<String> arrived = Set.copyOf(issue.page().select("a[href]").eachAttr("href"));
		boolean hasBase = issue.newsletter().baseUrl() != null;
		Map<String, List<Integer>> lines = new LinkedHashMap<>();
		for (Link link : issue.outline().links()) {
			text(link, findings);
			Destination destination = Destination.of(link.destination());
			switch (destination) {
				case WHOLE -> {
				}
				case EMPTY -> findings.error(Check.EMPTY_LINK, link.line(), name(link) + " has no address.",
						"Its text arrives, and leads nowhere.", "Write the address between the parentheses.");
				case CLEAR -> findings.warn(Check.HTTP_LINK, link.line(), name(link) + " begins with http://.",
						"Who is on the way can read and change what the reader gets, and browsers warn of it.",
						"Write https:// where the site has it.");
				case RELATIVE, ANCHOR, FOREIGN -> {
					if (!(destination == Destination.RELATIVE && hasBase) && !arrived.contains(link.destination())) {
						lost(link, destination, findings);
					}
				}
			}
			if (destination == Destination.CLEAR || destination == Destination.WHOLE) {
				lines.computeIfAbsent(link.destination(), (any) -> new ArrayList<>()).add(link.line());
			}
		}
		lines.forEach((address, on) -> twice(address, on, findings));
	}

	private static String name(Link link) {
		return "The link “%s”".formatted(
				CheckedIssue.brief((link.text() != null && !link.text().isBlank()) ? link.text() : link.destination()));
	}

	private static void text(Link link, Findings findings) {
		if (link.text() != null && link.text().isBlank() && !link.destination().isEmpty()) {
			findings.warn(Check.EMPTY_LINK, link.line(),
					"The link to %s has no text.".formatted(CheckedIssue.brief(link.destination())),
					"Nobody sees it, and screen readers spell out its address.",
					"Write what it leads to between the square brackets, or delete it.");
		}
	}

	private static void lost(Link link, Destination destination, Findings findings) {
		String address = CheckedIssue.brief(link.destination());
		switch (destination) {
			case RELATIVE -> findings.error(Check.LOST_LINK, link.line(),
					"%s goes to %s, which is no whole address.".formatted(name(link), address),
					"The newsletter has no base URL, so the link is dropped and its text stays.",
					"Write the whole address, or give the newsletter a base URL.");
			case ANCHOR -> findings.warn(Check.LOST_LINK, link.line(),
					"%s goes to a place on the page (%s).".formatted(name(link), address),
					"The mail has no such place, so the link is dropped and its text stays.",
					"Write the whole address of a page, or take the link away.");
			default -> findings.warn(Check.LOST_LINK, link.line(),
					"%s has an address that works in no mail (%s).".formatted(name(link), address),
					"The link is dropped and its text stays.", "Use https, http, mailto or tel.");
		}
	}

	private static void twice(String address, List<Integer> lines, Findings findings) {
		if (lines.size() > 1) {
			String others = lines.stream()
				.filter((line) -> !line.equals(lines.get(1)))
				.distinct()
				.limit(MOST_LINES)
				.map(String::valueOf)
				.collect(Collectors.joining(", "));
			findings.warn(Check.DUPLICATE_LINK, lines.get(1),
					"%s is linked %,d times%s.".formatted(CheckedIssue.brief(address), lines.size(),
							others.isEmpty() ? "" : " (see line " + others + ")"),
					"An address that comes twice is often one that was copied and not changed.",
					"Follow the links; change or delete one that is wrong.");
		}
	}

}
