package dev.herald.check;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.herald.check.Finding.Check;
import dev.herald.check.OnlineAnswers.Asked;
import dev.herald.probe.Answer;
import dev.herald.probe.Answer.Gone;
import dev.herald.probe.Answer.NotAsked;
import dev.herald.probe.Answer.Present;
import dev.herald.probe.Answer.Unknown;
import dev.herald.probe.Answer.Unreachable;
import dev.herald.probe.Question;
import dev.herald.problem.Sentence;

/** Whether links, pictures and the logo answer, where the web was asked. */
final class OnlineChecks implements Checks {

	/** In octets. A telephone waits for it for seconds. */
	private static final int HEAVY = 1 << 20;

	/** Fewer that all fail may well be dead. */
	private static final int SUSPICIOUS = 3;

	@Override
	public void check(CheckedIssue issue, Findings findings) {
		Map<Question, Answer> answers = issue.online().answers();
		if (answers.size() >= SUSPICIOUS && answers.values().stream().allMatch(Unreachable.class::isInstance)) {
			findings.warn(Check.NOT_ASKED, 0, Sentence.of("check.no-network", answers.size()),
					Sentence.of("check.no-network.why"), Sentence.of("check.no-network.mend"));
			return;
		}
		Map<Sentence, List<Asked>> unasked = new LinkedHashMap<>();
		for (Asked asked : issue.online().asked()) {
			Answer answer = answers.get(asked.question());
			if (answer instanceof NotAsked not) {
				unasked.computeIfAbsent(not.reason(), (reason) -> new ArrayList<>()).add(asked);
			}
			else if (answer != null) {
				tell(asked, answer, findings);
			}
		}
		unasked.forEach((reason, all) -> notAsked(reason, all, findings));
	}

	private static void tell(Asked asked, Answer answer, Findings findings) {
		boolean picture = asked.question().picture();
		Check dead = picture ? Check.DEAD_PICTURE : Check.DEAD_LINK;
		Sentence mend = Sentence
			.of((asked.line() == 0) ? "check.dead.logo" : picture ? "check.dead.picture" : "check.dead.link");
		if (answer instanceof Gone gone) {
			findings.warn(dead, asked.line(), asked.said("check.dead", String.valueOf(gone.status())),
					Sentence.of("check.dead.why", asked.host()), mend);
		}
		else if (answer instanceof Unreachable unreachable) {
			findings.warn(dead, asked.line(), asked.said("check.dead", unreachable.reason()),
					Sentence.of(picture ? "check.dead.picture.why" : "check.dead.link.why"), mend);
		}
		else if (answer instanceof Unknown unknown) {
			findings.warn(Check.UNVERIFIED, asked.line(), asked.said("check.unverified", unknown.reason()),
					Sentence.of("check.unverified.why"), Sentence.of("check.unverified.mend"));
		}
		else if (answer instanceof Present present) {
			present(asked, present, findings);
		}
	}

	private static void present(Asked asked, Present present, Findings findings) {
		Answer.Picture picture = present.picture();
		if (picture != null && !picture.type().isEmpty() && !picture.type().startsWith("image/")) {
			findings.warn(Check.DEAD_PICTURE, asked.line(), asked.said("check.no-picture", picture.type()),
					Sentence.of("check.no-picture.why"), Sentence.of("check.no-picture.mend"));
		}
		else if (picture != null && picture.octets() > HEAVY) {
			findings.warn(Check.HEAVY_PICTURE, asked.line(),
					asked.said("check.heavy-picture", megabytes(picture.octets())),
					Sentence.of("check.heavy-picture.why"), Sentence.of("check.heavy-picture.mend"));
		}
		else if (picture == null && present.movedTo() != null) {
			moved(asked, present.movedTo(), findings);
		}
	}

	private static BigDecimal megabytes(long octets) {
		return BigDecimal.valueOf(octets, 6).setScale(1, RoundingMode.HALF_UP);
	}

	private static void moved(Asked asked, URI to, Findings findings) {
		URI from = asked.question().address();
		if (isFront(to) && !isFront(from)) {
			findings.warn(Check.MOVED_LINK, asked.line(), asked.said("check.front-page", to.getHost()),
					Sentence.of("check.front-page.why"), Sentence.of("check.dead.link"));
		}
		else if (!bare(from).equals(bare(to))) {
			findings.warn(Check.MOVED_LINK, asked.line(), asked.said("check.moved-link"),
					Sentence.of("check.moved-link.why"), Sentence.of("check.moved-link.mend", to.toString()));
		}
	}

	private static boolean isFront(URI address) {
		return address.getPath().length() <= 1 && address.getRawQuery() == null;
	}

	/** Without what people leave out: scheme, www and the last slash. */
	static String bare(URI address) {
		return address.toString().replaceFirst("^https?://(www\\.)?", "").replaceFirst("/$", "");
	}

	private static void notAsked(Sentence reason, List<Asked> all, Findings findings) {
		List<Integer> lines = all.stream().map(Asked::line).toList();
		Sentence what = (all.size() == 1) ? all.get(0).said("check.not-asked", reason)
				: Sentence.of("check.not-asked.several", all.size(), Lines.others(lines), reason);
		findings.warn(Check.NOT_ASKED, all.get(0).line(), what, Sentence.of("check.not-asked.why"),
				Sentence.of("check.not-asked.mend"));
	}

}
