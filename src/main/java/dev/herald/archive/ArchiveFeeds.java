package dev.herald.archive;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

import dev.herald.archive.PublishedIssues.Published;
import dev.herald.issue.Issues;
import dev.herald.newsletter.Newsletter;
import dev.herald.render.ArchiveAddress;
import dev.herald.render.ArchiveCompiler;
import dev.herald.render.ArchiveContent;
import dev.herald.settings.Installation;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * The last issues with their whole text, as Atom (RFC 4287) and JSON Feed 1.1. Kept until
 * an issue comes or the newsletter changes. Thread-safe.
 */
@Component
class ArchiveFeeds {

	private static final String ATOM = "http://www.w3.org/2005/Atom";

	/** Of issues; who wants more reads the archive. */
	private static final int ENTRIES = 20;

	/**
	 * XML 1.0 section 2.2 has no place for them, escaped or not; nor has UTF-8 for a half
	 * of a pair.
	 */
	private static final Pattern NO_XML = Pattern.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff\\p{Cs}]");

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final Issues issues;

	private final ArchiveCompiler compiler;

	private final Installation installation;

	/** The last of each newsletter. */
	private final Map<Integer, Kept> kept = new ConcurrentHashMap<>();

	ArchiveFeeds(Issues issues, ArchiveCompiler compiler, Installation installation) {
		this.issues = issues;
		this.compiler = compiler;
		this.installation = installation;
	}

	byte[] atom(Newsletter newsletter, List<Published> published) {
		return of(newsletter, published).atom();
	}

	byte[] json(Newsletter newsletter, List<Published> published) {
		return of(newsletter, published).json();
	}

	private Kept of(Newsletter newsletter, List<Published> published) {
		List<Published> newest = List.copyOf(published.subList(0, Math.min(ENTRIES, published.size())));
		Kept known = this.kept.get(newsletter.id());
		if (known == null || !known.newsletter().equals(newsletter) || !known.issues().equals(newest)) {
			known = made(newsletter, newest);
			this.kept.put(newsletter.id(), known);
		}
		return known;
	}

	/** One at a time: anybody may ask. */
	private synchronized Kept made(Newsletter newsletter, List<Published> newest) {
		Kept meanwhile = this.kept.get(newsletter.id());
		if (meanwhile != null && meanwhile.newsletter().equals(newsletter) && meanwhile.issues().equals(newest)) {
			return meanwhile;
		}
		List<Entry> entries = new ArrayList<>();
		for (Published issue : newest) {
			entries.add(new Entry(issue, ArchiveAddress.of(this.installation, newsletter, issue.slug()),
					this.compiler.content(this.issues.source(issue.versionId()), newsletter)));
		}
		return new Kept(newsletter, newest, writtenAsAtom(newsletter, entries), writtenAsJson(newsletter, entries));
	}

	private byte[] writtenAsAtom(Newsletter newsletter, List<Entry> entries) {
		ByteArrayOutputStream octets = new ByteArrayOutputStream();
		try {
			XMLStreamWriter xml = XMLOutputFactory.newFactory()
				.createXMLStreamWriter(octets, StandardCharsets.UTF_8.name());
			xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
			xml.writeStartElement("feed");
			xml.writeDefaultNamespace(ATOM);
			xml.writeAttribute("xml:lang", newsletter.language().toLanguageTag());
			String list = ArchiveAddress.ofList(this.installation, newsletter);
			element(xml, "id", list);
			element(xml, "title", newsletter.name());
			element(xml, "updated", updated(entries).toString());
			link(xml, "self", list + "/feed.atom", "application/atom+xml");
			link(xml, "alternate", list, "text/html");
			xml.writeStartElement("author");
			element(xml, "name", author(newsletter));
			xml.writeEndElement();
			for (Entry entry : entries) {
				write(xml, entry);
			}
			xml.writeEndElement();
			xml.writeEndDocument();
			xml.close();
		}
		catch (XMLStreamException ex) {
			throw new IllegalStateException("Writing to memory does not fail", ex);
		}
		return octets.toByteArray();
	}

	/** RFC 4287 section 4.1.1 wants one of an empty feed too: it has not changed yet. */
	private static Instant updated(List<Entry> entries) {
		return entries.stream().map((entry) -> entry.issue().changedAt()).max(Instant::compareTo).orElse(Instant.EPOCH);
	}

	private static String author(Newsletter newsletter) {
		return newsletter.sender().name().isBlank() ? newsletter.name() : newsletter.sender().name();
	}

	private static void write(XMLStreamWriter xml, Entry entry) throws XMLStreamException {
		xml.writeStartElement("entry");
		element(xml, "id", entry.address());
		element(xml, "title", entry.content().title());
		element(xml, "published", entry.issue().at().toString());
		element(xml, "updated", entry.issue().changedAt().toString());
		link(xml, "alternate", entry.address(), "text/html");
		if (!entry.content().summary().isEmpty()) {
			element(xml, "summary", entry.content().summary());
		}
		xml.writeStartElement("content");
		xml.writeAttribute("type", "html");
		xml.writeCharacters(printable(entry.content().html()));
		xml.writeEndElement();
		xml.writeEndElement();
	}

	private static void element(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
		xml.writeStartElement(name);
		xml.writeCharacters(printable(text));
		xml.writeEndElement();
	}

	private static void link(XMLStreamWriter xml, String relation, String address, String type)
			throws XMLStreamException {
		xml.writeEmptyElement("link");
		xml.writeAttribute("rel", relation);
		xml.writeAttribute("href", address);
		xml.writeAttribute("type", type);
	}

	private static String printable(String text) {
		return NO_XML.matcher(text).replaceAll(" ");
	}

	private byte[] writtenAsJson(Newsletter newsletter, List<Entry> entries) {
		String list = ArchiveAddress.ofList(this.installation, newsletter);
		Map<String, Object> feed = new LinkedHashMap<>();
		feed.put("version", "https://jsonfeed.org/version/1.1");
		feed.put("title", newsletter.name());
		feed.put("home_page_url", list);
		feed.put("feed_url", list + "/feed.json");
		feed.put("language", newsletter.language().toLanguageTag());
		feed.put("authors", List.of(Map.of("name", author(newsletter))));
		feed.put("items", entries.stream().map(ArchiveFeeds::item).toList());
		return JSON.writeValueAsBytes(feed);
	}

	private static Map<String, Object> item(Entry entry) {
		Map<String, Object> item = new LinkedHashMap<>();
		item.put("id", entry.address());
		item.put("url", entry.address());
		item.put("title", entry.content().title());
		item.put("content_html", entry.content().html());
		if (!entry.content().summary().isEmpty()) {
			item.put("summary", entry.content().summary());
		}
		item.put("date_published", entry.issue().at().toString());
		item.put("date_modified", entry.issue().changedAt().toString());
		return item;
	}

	private record Entry(Published issue, String address, ArchiveContent content) {
	}

	/** Both feeds, and all that they are made of. */
	private record Kept(Newsletter newsletter, List<Published> issues, byte[] atom, byte[] json) {
	}

}
