package dev.herald.render;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jspecify.annotations.Nullable;

/**
 * The HTML of an issue's text, taken apart where its headings of level two stand: not
 * those within a quotation, a list or another block. Not thread-safe.
 */
final class IssueSections {

	private final String body;

	private final List<String> titles;

	IssueSections(String body) {
		this.body = body;
		this.titles = parsed().children().stream().filter((child) -> child.nameIs("h2")).map(Element::text).toList();
	}

	private Element parsed() {
		Document page = Jsoup.parseBodyFragment(this.body);
		page.outputSettings().prettyPrint(false);
		return page.body();
	}

	List<String> titles() {
		return this.titles;
	}

	/** The whole text, with a mark in front of each section. */
	String marked(String mark) {
		// Written piece by piece: a node that is put among 60,000 moves all behind it.
		StringBuilder text = new StringBuilder();
		for (Node node : parsed().childNodes()) {
			text.append(isHeading(node) ? mark(mark) : "").append(node.outerHtml());
		}
		return text.toString();
	}

	/** A comment of a kind that stays when a page is made smaller. */
	static String mark(String mark) {
		return "<!--[" + mark + "]-->";
	}

	/**
	 * What stands before the sections, the first of them, a last paragraph, and the notes
	 * that are referred to so far.
	 */
	String first(int count, String last) {
		Element text = parsed();
		Element notes = text.selectFirst("> section.footnotes");
		List<Node> left = new ArrayList<>();
		int section = 0;
		for (Node node : text.childNodes()) {
			section += isHeading(node) ? 1 : 0;
			if (section > count && !isSame(node, notes)) {
				left.add(node);
			}
		}
		Collections.reverse(left);
		left.forEach(Node::remove);
		if (notes == null) {
			return text.append(last).html();
		}
		notes.before(last);
		dropNotes(text, notes);
		return text.html();
	}

	private static void dropNotes(Element text, Element notes) {
		Set<String> wanted = new HashSet<>();
		text.children()
			.stream()
			.filter((child) -> !isSame(child, notes))
			.forEach((child) -> addReferences(child, wanted));
		List<Element> all = notes.select("li[id]");
		for (int known = -1; known < wanted.size();) {
			known = wanted.size();
			all.stream().filter((note) -> wanted.contains(note.id())).forEach((note) -> addReferences(note, wanted));
		}
		for (int i = 0; i < all.size(); i++) {
			// Its number is in the text.
			all.get(i).attr("value", String.valueOf(i + 1));
		}
		all.stream().filter((note) -> !wanted.contains(note.id())).forEach(Node::remove);
		if (wanted.isEmpty()) {
			notes.remove();
		}
	}

	private static boolean isHeading(Node node) {
		return node instanceof Element element && element.nameIs("h2");
	}

	/** Nodes of a page are equal when they are one. */
	@SuppressWarnings("ReferenceEquality")
	private static boolean isSame(Node one, @Nullable Node other) {
		return one == other;
	}

	private static void addReferences(Element part, Set<String> wanted) {
		part.select("a[href^=#fn]").forEach((link) -> wanted.add(link.attr("href").substring(1)));
	}

}
