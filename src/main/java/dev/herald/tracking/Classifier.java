package dev.herald.tracking;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Tells people's requests from machines', of one mail within some seconds: a function of
 * what was asked alone. Stateless.
 */
final class Classifier {

	/**
	 * The relay has to find the reader's server, that one a mailbox, the mailbox a
	 * program, and the program its reader.
	 */
	static final Duration EARLIEST_READER = Duration.ofSeconds(3);

	/** Nobody follows two links within it. */
	private static final Duration ONE_GLANCE = Duration.ofSeconds(1);

	/** So many links within the window are no person's, of an issue with more. */
	private static final int MANY_LINKS = 5;

	/** An issue has to have so many before all of them are many. */
	private static final int FEW_LINKS = 3;

	/**
	 * By what they call themselves: scanners and gateways, link previews, libraries,
	 * browsers without a window. Not CUBOT, which makes telephones.
	 */
	private static final Pattern MACHINES = Pattern
		.compile("(?<!cu)bot\\b|(?<!cu)bot[/_-]|crawler|spider|slurp|scanner|scanning|preview|urlanalyzer|safelinks"
				+ "|barracuda|mimecast|proofpoint|ironport|forcepoint|messagelabs|symantec|fireeye|trellix|trend ?micro"
				+ "|sophos|fortimail|fortiguard|check ?point|zscaler|netcraft|urlscan|virustotal|facebookexternalhit"
				+ "|whatsapp|curl/|wget/|python|libwww|java/|okhttp|apache-httpclient|go-http-client|axios|node-fetch"
				+ "|undici|ruby|php/|headless|phantomjs|puppeteer|playwright|selenium", Pattern.CASE_INSENSITIVE);

	/** Apple's Mail Privacy Protection calls itself so and no more. */
	private static final String APPLE = "Mozilla/5.0";

	/** As Google's servers call themselves while they look at pictures ahead. */
	private static final Pattern GOOGLE_AHEAD = Pattern
		.compile("Chrome/42\\.0\\.2311\\.135 .*Edge/12\\.246 Mozilla/5\\.0");

	/** Of Gmail and of Yahoo, and whatever else says so. */
	private static final Pattern PICTURE_PROXIES = Pattern.compile("image ?proxy|mail ?proxy|imageresizer|ggpht\\.com",
			Pattern.CASE_INSENSITIVE);

	/** What one request of a program shows of all of its requests. */
	private static final Set<Rule> TELLING = EnumSet.of(Rule.HEAD, Rule.NAMED_MACHINE, Rule.NAMELESS, Rule.TOO_EARLY,
			Rule.BURST);

	private Classifier() {
	}

	/**
	 * @param mail that was asked for
	 * @param requests within the window, of one mail; of newsletters that count totals
	 * only, of one program
	 * @return one for each request, in their order
	 */
	static List<Rule> classify(Mail mail, List<MailRequest> requests) {
		List<Rule> own = new ArrayList<>();
		Set<MailRequest> burst = burst(mail, requests);
		for (MailRequest request : requests) {
			Rule rule = ofItself(request);
			boolean open = rule.actor() != Actor.MACHINE;
			own.add((open && mail.isTooEarly(request.at())) ? Rule.TOO_EARLY
					: (open && burst.contains(request)) ? Rule.BURST : rule);
		}
		List<Rule> rules = new ArrayList<>();
		for (int i = 0; i < requests.size(); i++) {
			rules.add(among(requests, own, i));
		}
		return rules;
	}

	private static Rule among(List<MailRequest> requests, List<Rule> own, int at) {
		MailRequest request = requests.get(at);
		boolean given = false;
		for (int i = 0; i < requests.size(); i++) {
			if (requests.get(i).isOfSame(request)) {
				if (requests.get(i).isTrap()) {
					return Rule.TRAP;
				}
				given |= TELLING.contains(own.get(i));
			}
		}
		return (given && own.get(at).actor() != Actor.MACHINE) ? Rule.SAME_PROGRAM : own.get(at);
	}

	private static Rule ofItself(MailRequest request) {
		if (!request.method().equals("GET")) {
			return Rule.HEAD;
		}
		if (!request.purpose().isBlank()) {
			return Rule.PREFETCH;
		}
		String agent = request.agent().strip();
		if (MACHINES.matcher(agent).find()) {
			return Rule.NAMED_MACHINE;
		}
		return (request.kind() == EngagementKind.OPEN) ? ofPicture(agent) : ofLink(agent, request.language());
	}

	private static Rule ofPicture(String agent) {
		if (agent.equals(APPLE) || GOOGLE_AHEAD.matcher(agent).find()) {
			return Rule.FETCHES_AHEAD;
		}
		if (PICTURE_PROXIES.matcher(agent).find()) {
			return Rule.PICTURE_PROXY;
		}
		return agent.isEmpty() ? Rule.NAMELESS_PICTURE : Rule.READER;
	}

	private static Rule ofLink(String agent, String language) {
		if (agent.isEmpty() || agent.equals(APPLE)) {
			return Rule.NAMELESS;
		}
		return language.isBlank() ? Rule.NO_LANGUAGE : Rule.READER;
	}

	/** Those that are one of too many. */
	private static Set<MailRequest> burst(Mail mail, List<MailRequest> requests) {
		List<MailRequest> clicks = requests.stream()
			.filter((request) -> request.kind() == EngagementKind.CLICK && !request.isTrap())
			.sorted(Comparator.comparing(MailRequest::at))
			.toList();
		Set<MailRequest> burst = new HashSet<>();
		long links = clicks.stream().map(MailRequest::link).distinct().count();
		if (links >= MANY_LINKS || (links >= FEW_LINKS && links >= mail.links())) {
			burst.addAll(clicks);
		}
		for (int i = 1; i < clicks.size(); i++) {
			MailRequest before = clicks.get(i - 1);
			MailRequest after = clicks.get(i);
			if (!before.link().equals(after.link())
					&& Duration.between(before.at(), after.at()).compareTo(ONE_GLANCE) < 0) {
				burst.add(before);
				burst.add(after);
			}
		}
		return burst;
	}

	/**
	 * The mail that was asked for.
	 *
	 * @param links that it has
	 * @param acceptedAt when the relay took it; null while it has not, or where that is
	 * not known
	 * @param known whether it is: nobody's mail has a time of its own
	 */
	record Mail(int links, @Nullable Instant acceptedAt, boolean known) {

		boolean isTooEarly(Instant at) {
			return this.known && (this.acceptedAt == null || at.isBefore(this.acceptedAt.plus(EARLIEST_READER)));
		}

	}

}
