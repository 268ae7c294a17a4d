package dev.herald.render;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;

/**
 * An address that stands in a Chinese or Japanese sentence ends before the sentence's
 * punctuation, which the autolinker takes for a part of it. Stateless.
 */
final class BareAddresses {

	private static final Pattern END = Pattern.compile("[，。；：、！？（）【】《》「」『』〈〉“”‘’…]");

	private static final Pattern NEXT = Pattern.compile("https?://[^，。；：、！？（）【】《》「」『』〈〉“”‘’…]+");

	private static final Pattern MAIL = Pattern
		.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\\.){1,8}[A-Za-z]{2,63}(?![A-Za-z0-9.-])");

	private static final String MAILTO = "mailto:";

	private BareAddresses() {
	}

	static void end(Link link) {
		if (!(link.getFirstChild() instanceof Text text) || text.getNext() != null || isInBrackets(link, text)
				|| !link.getDestination().endsWith(text.getLiteral())) {
			return;
		}
		if (link.getDestination().startsWith(MAILTO)) {
			endMail(link, text);
			return;
		}
		Matcher end = END.matcher(text.getLiteral());
		if (end.find()) {
			String rest = text.getLiteral().substring(end.start());
			link.setDestination(link.getDestination().substring(0, link.getDestination().length() - rest.length()));
			text.setLiteral(text.getLiteral().substring(0, end.start()));
			insertAfter(link, rest);
		}
	}

	/** Of "来信：a@e.example" the whole was taken; "天玑8000，4xA78@2.75GHz" has no address. */
	private static void endMail(Link link, Text text) {
		String written = text.getLiteral();
		Matcher address = MAIL.matcher(written);
		if (!END.matcher(written).find()) {
			return;
		}
		if (!address.find()) {
			link.insertBefore(text);
			link.unlink();
			return;
		}
		link.insertBefore(new Text(written.substring(0, address.start())));
		insertAfter(link, written.substring(address.end()));
		link.setDestination(MAILTO + address.group());
		text.setLiteral(address.group());
	}

	/** Between angle brackets the editor said where it ends. */
	private static boolean isInBrackets(Link link, Text text) {
		int length = link.getSourceSpans().stream().mapToInt(SourceSpan::getLength).sum();
		return length > text.getLiteral().length();
	}

	private static void insertAfter(Link link, String rest) {
		Node last = link;
		Matcher next = NEXT.matcher(rest);
		int from = 0;
		while (next.find()) {
			last = add(last, new Text(rest.substring(from, next.start())));
			Link further = new Link(next.group(), null);
			further.appendChild(new Text(next.group()));
			last = add(last, further);
			from = next.end();
		}
		if (from < rest.length()) {
			add(last, new Text(rest.substring(from)));
		}
	}

	private static Node add(Node before, Node node) {
		before.insertAfter(node);
		return node;
	}

}
