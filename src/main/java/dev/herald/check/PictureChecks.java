package dev.herald.check;

import java.util.Optional;

import dev.herald.check.Finding.Check;
import dev.herald.check.Outline.Picture;
import dev.herald.picture.PictureSize;
import dev.herald.probe.Answer.Present;
import dev.herald.problem.Sentence;
import org.jsoup.nodes.Element;

/** Pictures that say nothing, have no size, or do not arrive. */
final class PictureChecks implements Checks {

	@Override
	public void check(CheckedIssue issue, Findings findings) {
		Lines lines = new Lines();
		for (Picture picture : issue.outline().pictures()) {
			Optional<String> embedded = issue.compiled().embedded(picture.destination());
			if (embedded.isPresent() || arrives(picture, issue, findings)) {
				lines.put(fileName(embedded.orElse(picture.destination())), picture.line());
			}
		}
		for (Element picture : issue.page().select("img")) {
			look(picture, lines.next(fileName(picture.attr("src"))), issue, findings);
		}
	}

	private static void look(Element picture, int line, CheckedIssue issue, Findings findings) {
		Sentence name = name(picture.attr("src"));
		if (picture.attr("alt").isBlank()) {
			findings.warn(Check.ALT, line, Sentence.of("check.alt", name), Sentence.of("check.alt.why"),
					Sentence.of("check.alt.mend"));
		}
		if (!picture.hasAttr("width") || !picture.hasAttr("height")) {
			findings.warn(Check.PICTURE_SIZE, line, Sentence.of("check.picture-size", name),
					Sentence.of("check.picture-size.why"), size(picture, issue));
		}
	}

	static Sentence name(String address) {
		return Sentence.of("check.picture", CheckedIssue.brief(address));
	}

	/** The real one, in the mail's width, if its server was asked. */
	private static Sentence size(Element picture, CheckedIssue issue) {
		int widest = issue.newsletter().theme().width();
		String both = "width=\"%d\" height=\"%d\"";
		if (issue.online().of(picture.attr("src"), true) instanceof Present present && present.picture() != null
				&& present.picture().size() != null) {
			PictureSize size = present.picture().size();
			int width = Math.min(size.width(), widest);
			int height = Math.max(1, Math.round((float) size.height() * width / size.width()));
			String fitting = both.formatted(width, height);
			return Sentence.of("check.picture-size.known", size.width(), size.height(), fitting);
		}
		return Sentence.of("check.picture-size.mend", both.formatted(widest, widest / 2));
	}

	private static boolean arrives(Picture picture, CheckedIssue issue, Findings findings) {
		Sentence name = name(picture.destination());
		boolean hasBase = issue.newsletter().baseUrl() != null;
		return switch (Destination.of(picture.destination())) {
			case WHOLE -> true;
			case CLEAR -> {
				findings.warn(Check.HTTP_LINK, picture.line(), Sentence.of("check.http-link", name),
						Sentence.of("check.http-link.picture.why"),
						LinkChecks.safer(picture.destination(), true, issue));
				yield true;
			}
			case RELATIVE -> {
				if (!hasBase) {
					findings.error(Check.LOST_PICTURE, picture.line(), Sentence.of("check.lost-picture.relative", name),
							Sentence.of("check.lost-picture.relative.why"), Sentence.of("check.whole-address"));
				}
				yield hasBase;
			}
			case EMPTY, ANCHOR -> {
				if (!picture.waiting().isEmpty()) {
					waits(picture, findings);
					yield false;
				}
				findings.error(Check.LOST_PICTURE, picture.line(), Sentence.of("check.lost-picture.empty"),
						Sentence.of("check.lost-picture.empty.why"), Sentence.of("check.lost-picture.empty.mend"));
				yield false;
			}
			case FOREIGN -> {
				if (!picture.waiting().isEmpty()) {
					waits(picture, findings);
					yield false;
				}
				findings.warn(Check.LOST_PICTURE, picture.line(), Sentence.of("check.lost-picture.foreign", name),
						Sentence.of("check.lost-picture.foreign.why"), Sentence.of("check.lost-picture.foreign.mend"));
				yield false;
			}
		};
	}

	private static void waits(Picture picture, Findings findings) {
		findings.error(Check.LAZY_PICTURE, picture.line(), Sentence.of("check.lazy-picture", picture.waiting()),
				Sentence.of("check.lazy-picture.why"), Sentence.of("check.lazy-picture.mend"));
	}

	/** What stays of an address when it is resolved against a base. */
	private static String fileName(String address) {
		return address.substring(address.lastIndexOf('/') + 1);
	}

}
