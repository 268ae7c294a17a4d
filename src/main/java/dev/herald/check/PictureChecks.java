package dev.herald.check;

import java.util.Optional;

import dev.herald.check.Finding.Check;
import dev.herald.check.Outline.Picture;
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
			look(picture, lines.next(fileName(picture.attr("src"))), findings);
		}
	}

	private static void look(Element picture, int line, Findings findings) {
		String name = "The picture %s".formatted(CheckedIssue.brief(picture.attr("src")));
		if (picture.attr("alt").isBlank()) {
			findings.warn(Check.ALT, line, name + " has no alternative text.",
					"Many readers see none of its pictures until they ask for them, and some never.",
					"Say what it shows: ![what it shows](address).");
		}
		if (!picture.hasAttr("width") || !picture.hasAttr("height")) {
			findings.warn(Check.PICTURE_SIZE, line, name + " has no size.",
					"The text jumps when it loads, and Outlook shows it in its full width.",
					"Give it both, in pixels: <img src=\"address\" alt=\"what it shows\" width=\"600\" height=\"300\">.");
		}
	}

	private static boolean arrives(Picture picture, CheckedIssue issue, Findings findings) {
		String name = "The picture %s".formatted(CheckedIssue.brief(picture.destination()));
		boolean hasBase = issue.newsletter().baseUrl() != null;
		return switch (Destination.of(picture.destination())) {
			case WHOLE, CLEAR -> true;
			case RELATIVE -> {
				if (!hasBase) {
					findings.error(Check.LOST_PICTURE, picture.line(), name + " has no whole address.",
							"The newsletter has no base URL, so only the alternative text arrives.",
							"Write the whole address, or give the newsletter a base URL.");
				}
				yield hasBase;
			}
			case EMPTY, ANCHOR -> {
				findings.error(Check.LOST_PICTURE, picture.line(), "A picture has no address.",
						"Only its alternative text arrives.", "Write the address, or delete the picture.");
				yield false;
			}
			case FOREIGN -> {
				findings.warn(Check.LOST_PICTURE, picture.line(), name + " has an address that works in no mail.",
						"Gmail and Outlook show no data: pictures; only the alternative text arrives.",
						"Put the picture on a web server, and write its https address. A small PNG, JPEG, GIF or WebP can travel with the mail: herald.render.embed-pictures-up-to.");
				yield false;
			}
		};
	}

	/** What stays of an address when it is resolved against a base. */
	private static String fileName(String address) {
		return address.substring(address.lastIndexOf('/') + 1);
	}

}
