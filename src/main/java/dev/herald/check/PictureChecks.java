package dev.herald.check;

import java.util.Optional;

import dev.herald.check.Finding.Check;
import dev.herald.check.Outline.Picture;
import dev.herald.picture.PictureSize;
import dev.herald.probe.Answer.Present;
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
		String name = "The picture %s".formatted(CheckedIssue.brief(picture.attr("src")));
		if (picture.attr("alt").isBlank()) {
			findings.warn(Check.ALT, line, name + " has no alternative text.",
					"Many readers see none of its pictures until they ask for them, and some never.",
					"Say what it shows: ![what it shows](address).");
		}
		if (!picture.hasAttr("width") || !picture.hasAttr("height")) {
			findings.warn(Check.PICTURE_SIZE, line, name + " has no size.",
					"The text jumps when it loads, and Outlook shows it in its full width.", size(picture, issue));
		}
	}

	/** The real one, in the mail's width, if its server was asked. */
	private static String size(Element picture, CheckedIssue issue) {
		int widest = issue.newsletter().theme().width();
		String both = "width=\"%d\" height=\"%d\"";
		if (issue.online().of(picture.attr("src"), true) instanceof Present present && present.picture() != null
				&& present.picture().size() != null) {
			PictureSize size = present.picture().size();
			int width = Math.min(size.width(), widest);
			int height = Math.max(1, Math.round((float) size.height() * width / size.width()));
			String fitting = both.formatted(width, height);
			return "It has %d by %d pixels. Write %s into its <img>, or {: %s} behind ![…](…).".formatted(size.width(),
					size.height(), fitting, fitting);
		}
		return "Write both, in pixels: ![what it shows](address){: %s}".formatted(both.formatted(widest, widest / 2));
	}

	private static boolean arrives(Picture picture, CheckedIssue issue, Findings findings) {
		String name = "The picture %s".formatted(CheckedIssue.brief(picture.destination()));
		boolean hasBase = issue.newsletter().baseUrl() != null;
		return switch (Destination.of(picture.destination())) {
			case WHOLE -> true;
			case CLEAR -> {
				findings.warn(Check.HTTP_LINK, picture.line(), name + " begins with http://.",
						"Who is on the way can see and change it, and browsers don't show it on an https page.",
						LinkChecks.safer(picture.destination(), true, issue));
				yield true;
			}
			case RELATIVE -> {
				if (!hasBase) {
					findings.error(Check.LOST_PICTURE, picture.line(), name + " has no whole address.",
							"The newsletter has no base URL, so only the alternative text arrives.",
							"Write the whole address, or give the newsletter a base URL.");
				}
				yield hasBase;
			}
			case EMPTY, ANCHOR -> {
				if (!picture.waiting().isEmpty()) {
					waits(picture, findings);
					yield false;
				}
				findings.error(Check.LOST_PICTURE, picture.line(), "A picture has no address.",
						"Only its alternative text arrives.", "Write the address, or delete the picture.");
				yield false;
			}
			case FOREIGN -> {
				if (!picture.waiting().isEmpty()) {
					waits(picture, findings);
					yield false;
				}
				findings.warn(Check.LOST_PICTURE, picture.line(), name + " has an address that works in no mail.",
						"Gmail and Outlook show no data: pictures; only the alternative text arrives.",
						"Put the picture on a web server, and write its https address. A small PNG, JPEG, GIF or WebP can travel with the mail: herald.render.embed-pictures-up-to.");
				yield false;
			}
		};
	}

	private static void waits(Picture picture, Findings findings) {
		findings.error(Check.LAZY_PICTURE, picture.line(),
				"A picture waits for a script: its address is in %s.".formatted(picture.waiting()),
				"No mail reader runs scripts, so only its alternative text arrives.",
				"Write the address into src, best as ![what it shows](address).");
	}

	/** What stays of an address when it is resolved against a base. */
	private static String fileName(String address) {
		return address.substring(address.lastIndexOf('/') + 1);
	}

}
