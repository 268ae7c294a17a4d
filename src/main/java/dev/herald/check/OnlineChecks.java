package dev.herald.check;

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
			findings.warn(Check.NOT_ASKED, 0, "None of %,d addresses answers.".formatted(answers.size()),
					"That looks like this machine's network, and not like the issue.",
					"Look whether it reaches the internet without a proxy, and check again.");
			return;
		}
		Map<String, List<Asked>> unasked = new LinkedHashMap<>();
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
		String mend = (asked.line() == 0)
				? "Open it in a browser; write the right address into the newsletter's settings."
				: picture ? "Open it in a browser; write the right address, or take the picture away."
						: "Follow it in a browser; write the right address, or take the link away.";
		if (answer instanceof Gone gone) {
			findings.warn(dead, asked.line(), asked.said("does not answer: %d".formatted(gone.status())),
					"%s says that there is nothing at this address.".formatted(asked.host()), mend);
		}
		else if (answer instanceof Unreachable unreachable) {
			findings.warn(dead, asked.line(), asked.said("does not answer: " + unreachable.reason()),
					picture ? "Readers see its alternative text at best."
							: "Readers get an error of their browser instead of a page.",
					mend);
		}
		else if (answer instanceof Unknown unknown) {
			findings.warn(Check.UNVERIFIED, asked.line(), asked.said("could not be verified: " + unknown.reason()),
					"Many servers turn programs away and let people in, so that tells nothing about it.",
					"Look at it in a browser.");
		}
		else if (answer instanceof Present present) {
			present(asked, present, findings);
		}
	}

	private static void present(Asked asked, Present present, Findings findings) {
		Answer.Picture picture = present.picture();
		if (picture != null && !picture.type().isEmpty() && !picture.type().startsWith("image/")) {
			findings.warn(Check.DEAD_PICTURE, asked.line(), asked.said("is none: it is %s".formatted(picture.type())),
					"A page about a picture is not the picture.",
					"Open it in a browser, and copy the address of the picture itself.");
		}
		else if (picture != null && picture.octets() > HEAVY) {
			findings.warn(Check.HEAVY_PICTURE, asked.line(),
					asked.said("has %,.1f MB".formatted(picture.octets() / 1e6)),
					"On a telephone it comes late or never, and costs its reader money.",
					"Make it as wide as the mail at twice the density, some 1,200 pixels, and save it as JPEG or PNG.");
		}
		else if (picture == null && present.movedTo() != null) {
			moved(asked, present.movedTo(), findings);
		}
	}

	private static void moved(Asked asked, URI to, Findings findings) {
		URI from = asked.question().address();
		if (isFront(to) && !isFront(from)) {
			findings.warn(Check.MOVED_LINK, asked.line(), asked.said("leads to the front page of " + to.getHost()),
					"Many sites send readers of a page there that they don't have any more.",
					"Follow it in a browser; write the right address, or take the link away.");
		}
		else if (!bare(from).equals(bare(to))) {
			findings.warn(Check.MOVED_LINK, asked.line(), asked.said("has moved for good"),
					"The old address may end one day, and every redirect costs its reader time.",
					"Write %s.".formatted(to));
		}
	}

	private static boolean isFront(URI address) {
		return address.getPath().length() <= 1 && address.getRawQuery() == null;
	}

	/** Without what people leave out: scheme, www and the last slash. */
	static String bare(URI address) {
		return address.toString().replaceFirst("^https?://(www\\.)?", "").replaceFirst("/$", "");
	}

	private static void notAsked(String reason, List<Asked> all, Findings findings) {
		List<Integer> lines = all.stream().map(Asked::line).toList();
		String what = (all.size() == 1) ? all.get(0).said("was not asked: " + reason)
				: "%,d addresses were not asked: %s%s.".formatted(all.size(), reason, Lines.others(lines));
		findings.warn(Check.NOT_ASKED, all.get(0).line(), what, "Nothing is known of them.",
				"Look at them in a browser.");
	}

}
