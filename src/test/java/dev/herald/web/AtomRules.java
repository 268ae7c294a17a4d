package dev.herald.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * Holds a feed against RFC 4287, section by section, for what an element may hold, how
 * often, and what its text has to be. Elements of other namespaces are not looked at.
 */
final class AtomRules {

	static final String ATOM = "http://www.w3.org/2005/Atom";

	/** Section 4.1.1: what a feed may have, and how often: 0 to many, 0 or 1, just 1. */
	private static final Map<String, String> FEED = Map.ofEntries(Map.entry("author", "*"), Map.entry("category", "*"),
			Map.entry("contributor", "*"), Map.entry("generator", "?"), Map.entry("icon", "?"), Map.entry("id", "1"),
			Map.entry("link", "*"), Map.entry("logo", "?"), Map.entry("rights", "?"), Map.entry("subtitle", "?"),
			Map.entry("title", "1"), Map.entry("updated", "1"), Map.entry("entry", "*"));

	/** Section 4.1.2. */
	private static final Map<String, String> ENTRY = Map.ofEntries(Map.entry("author", "*"), Map.entry("category", "*"),
			Map.entry("content", "?"), Map.entry("contributor", "*"), Map.entry("id", "1"), Map.entry("link", "*"),
			Map.entry("published", "?"), Map.entry("rights", "?"), Map.entry("source", "?"), Map.entry("summary", "?"),
			Map.entry("title", "1"), Map.entry("updated", "1"));

	/** Section 3.2. */
	private static final Map<String, String> PERSON = Map.of("name", "1", "uri", "?", "email", "?");

	private static final Set<String> TEXTS = Set.of("title", "subtitle", "summary", "rights");

	private static final Set<String> DATES = Set.of("updated", "published");

	/** Section 4.2.7.2, of those that the IANA registry has. */
	private static final Set<String> RELATIONS = Set.of("alternate", "related", "self", "enclosure", "via");

	/** RFC 3339 with the capital letters of section 3.3. */
	private static final String DATE = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?(?:Z|[+-]\\d\\d:\\d\\d)";

	private static final String MEDIA_TYPE = "[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+";

	private final List<String> broken = new ArrayList<>();

	private final Set<String> ids = new HashSet<>();

	private AtomRules() {
	}

	/**
	 * @return what is not as the standard wants it; empty: nothing
	 */
	static List<String> broken(byte[] document) {
		AtomRules rules = new AtomRules();
		try {
			rules.feed(parsed(document));
		}
		catch (SAXException | IOException ex) {
			rules.broken.add("2: not well-formed: " + ex.getMessage());
		}
		catch (ParserConfigurationException ex) {
			throw new AssertionError(ex);
		}
		return rules.broken;
	}

	static Element parsed(byte[] document) throws SAXException, IOException, ParserConfigurationException {
		DocumentBuilderFactory parsers = DocumentBuilderFactory.newInstance();
		parsers.setNamespaceAware(true);
		parsers.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
		parsers.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
		return parsers.newDocumentBuilder().parse(new ByteArrayInputStream(document)).getDocumentElement();
	}

	static List<Element> children(Element parent, String name) {
		List<Element> children = new ArrayList<>();
		for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
			if (node instanceof Element child && ATOM.equals(child.getNamespaceURI())
					&& (name.isEmpty() || child.getLocalName().equals(name))) {
				children.add(child);
			}
		}
		return children;
	}

	private void feed(Element feed) {
		check(ATOM.equals(feed.getNamespaceURI()) && feed.getLocalName().equals("feed"), "2: the root is " + feed);
		language(feed);
		container(feed, FEED, "feed");
		List<Element> entries = children(feed, "entry");
		boolean authored = !children(feed, "author").isEmpty();
		check(authored || entries.stream().allMatch((entry) -> !children(entry, "author").isEmpty()),
				"4.1.1: no author of the feed, nor of every entry");
		check(links(feed).stream().anyMatch((link) -> link.startsWith("self ")), "4.1.1: no link to itself");
		entries.forEach(this::entry);
	}

	private void entry(Element entry) {
		container(entry, ENTRY, "entry");
		List<Element> content = children(entry, "content");
		check(!content.isEmpty() || links(entry).stream().anyMatch((link) -> link.startsWith("alternate ")),
				"4.1.2: an entry without content has no alternate");
		for (Element each : content) {
			content(entry, each);
		}
	}

	/** Section 4.1.3. */
	private void content(Element entry, Element content) {
		String type = content.hasAttribute("type") ? content.getAttribute("type") : "text";
		boolean outOfLine = content.hasAttribute("src");
		check(Set.of("text", "html", "xhtml").contains(type) || type.matches(MEDIA_TYPE), "4.1.3.1: type " + type);
		check(!outOfLine || content.getTextContent().isEmpty(), "4.1.3.2: content beside src");
		check(!outOfLine || !children(entry, "summary").isEmpty(), "4.1.2: no summary of content elsewhere");
		check(type.equals("xhtml") || children(content, "").isEmpty(), "4.1.3.3: elements in " + type);
	}

	private void container(Element parent, Map<String, String> allowed, String what) {
		for (Element child : children(parent, "")) {
			check(allowed.containsKey(child.getLocalName()), "4: " + child.getLocalName() + " in " + what);
		}
		allowed.forEach((name, often) -> {
			int found = children(parent, name).size();
			check(often.equals("*") || found == 1 || (found == 0 && often.equals("?")),
					"4.1: %s has %d of %s".formatted(what, found, name));
		});
		children(parent, "").forEach(this::part);
		List<String> alternates = children(parent, "link").stream()
			.filter((link) -> relation(link).equals("alternate"))
			.map((link) -> link.getAttribute("type") + " " + link.getAttribute("hreflang"))
			.toList();
		check(new HashSet<>(alternates).size() == alternates.size(), "4.1: two alternates of one type and language");
	}

	private void part(Element part) {
		String name = part.getLocalName();
		String text = part.getTextContent();
		if (name.equals("id")) {
			check(isAbsolute(text), "4.2.6: id " + text);
			check(this.ids.add(text), "4.2.6: twice the id " + text);
		}
		else if (name.equals("link")) {
			link(part);
		}
		else if (name.equals("author") || name.equals("contributor")) {
			person(part);
		}
		else if (DATES.contains(name)) {
			check(isDate(text), "3.3: " + name + " " + text);
		}
		else if (TEXTS.contains(name)) {
			text(part);
		}
	}

	/** Section 3.1. */
	private void text(Element text) {
		String type = text.hasAttribute("type") ? text.getAttribute("type") : "text";
		check(Set.of("text", "html", "xhtml").contains(type), "3.1.1: type " + type);
		check(type.equals("xhtml") || children(text, "").isEmpty(), "3.1.1: elements in " + type);
		check(!text.getLocalName().equals("title") || !text.getTextContent().isBlank(), "4.2.14: an empty title");
	}

	private void person(Element person) {
		for (Element child : children(person, "")) {
			check(PERSON.containsKey(child.getLocalName()), "3.2: " + child.getLocalName());
		}
		check(children(person, "name").size() == 1 && !children(person, "name").get(0).getTextContent().isBlank(),
				"3.2.1: a person without a name");
	}

	/** Section 4.2.7. */
	private void link(Element link) {
		check(isAbsolute(link.getAttribute("href")), "4.2.7.1: href " + link.getAttribute("href"));
		check(RELATIONS.contains(relation(link)) || isAbsolute(relation(link)), "4.2.7.2: rel " + relation(link));
		check(!link.hasAttribute("type") || link.getAttribute("type").matches(MEDIA_TYPE), "4.2.7.3: type");
		language(link);
	}

	private static String relation(Element link) {
		return link.hasAttribute("rel") ? link.getAttribute("rel") : "alternate";
	}

	private static List<String> links(Element parent) {
		return children(parent, "link").stream()
			.map((link) -> relation(link) + " " + link.getAttribute("href"))
			.toList();
	}

	/** Section 2: language tags. */
	private void language(Element element) {
		for (String tag : List.of(element.getAttributeNS(XMLConstants.XML_NS_URI, "lang"),
				element.getAttribute("hreflang"))) {
			check(tag.isEmpty() || isLanguage(tag), "2: language " + tag);
		}
	}

	static boolean isLanguage(String tag) {
		try {
			new Locale.Builder().setLanguageTag(tag);
			return true;
		}
		catch (IllformedLocaleException ex) {
			return false;
		}
	}

	static boolean isDate(String text) {
		try {
			OffsetDateTime.parse(text);
			return text.matches(DATE);
		}
		catch (DateTimeException ex) {
			return false;
		}
	}

	/** An address of the web, whole and of the signs of RFC 3986 alone. */
	static boolean isAbsolute(String text) {
		try {
			URI uri = URI.create(text);
			return Set.of("http", "https").contains(String.valueOf(uri.getScheme())) && uri.getHost() != null
					&& StandardCharsets.US_ASCII.newEncoder().canEncode(text);
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	private void check(boolean right, String wrong) {
		if (!right) {
			this.broken.add(wrong);
		}
	}

}
