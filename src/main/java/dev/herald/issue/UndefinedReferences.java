package dev.herald.issue;

import org.commonmark.node.CustomNode;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.Text;
import org.commonmark.parser.InlineParserContext;
import org.commonmark.parser.beta.LinkInfo;
import org.commonmark.parser.beta.LinkProcessor;
import org.commonmark.parser.beta.LinkResult;
import org.commonmark.parser.beta.Position;
import org.commonmark.parser.beta.Scanner;
import org.jspecify.annotations.Nullable;

/**
 * Links of the shape [text][label] or [text][] whose label the file does not define:
 * sites keep such definitions in a file they include. Marked, so that their text is shown
 * without the brackets. Stateless.
 */
final class UndefinedReferences implements LinkProcessor {

	/** What would be the link. */
	static final class Undefined extends CustomNode {

		private final String label;

		Undefined(String label) {
			this.label = label;
		}

		String label() {
			return this.label;
		}

	}

	@Override
	public @Nullable LinkResult process(LinkInfo link, Scanner scanner, InlineParserContext context) {
		String label = link.label();
		if (label == null || link.destination() != null || link.text().startsWith("^")) {
			return LinkResult.none();
		}
		String name = label.isBlank() ? link.text() : label;
		if (goesOn(scanner) || name.startsWith("^") || isIndexed(link)
				|| context.getDefinition(LinkReferenceDefinition.class, name) != null) {
			return LinkResult.none();
		}
		return LinkResult.wrapTextIn(new Undefined(name), scanner.position()).includeMarker();
	}

	/** What follows is the address of the label alone; but a footnote is no address. */
	private static boolean goesOn(Scanner scanner) {
		Position behind = scanner.position();
		boolean goesOn = scanner.next('(') || (scanner.next('[') && scanner.peek() != '^');
		scanner.setPosition(behind);
		return goesOn;
	}

	/** As in a[i][j]: no link begins in a word. */
	private static boolean isIndexed(LinkInfo link) {
		if (link.marker() == null && link.openingBracket().getPrevious() instanceof Text before
				&& !before.getLiteral().isEmpty()) {
			int last = before.getLiteral().codePointBefore(before.getLiteral().length());
			return last == ']' || (last < 0x80 && Character.isLetterOrDigit(last));
		}
		return false;
	}

}
