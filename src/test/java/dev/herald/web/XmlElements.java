package dev.herald.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.Element;
import org.xml.sax.SAXException;

import static org.assertj.core.api.Assertions.assertThat;

/** Looks into feeds and sitemaps; of children only, not of what is deeper. */
final class XmlElements {

	private XmlElements() {
	}

	static Element parsed(String xml) throws ParserConfigurationException, SAXException, IOException {
		return AtomRules.parsed(xml.getBytes(StandardCharsets.UTF_8));
	}

	/** The text of the only child of that name. */
	static String child(Element parent, String name) {
		List<Element> children = children(parent, name);
		assertThat(children).as(name).hasSize(1);
		return children.get(0).getTextContent();
	}

	static List<Element> children(Element parent, String name) {
		List<Element> children = new ArrayList<>();
		for (int i = 0; i < parent.getChildNodes().getLength(); i++) {
			if (parent.getChildNodes().item(i) instanceof Element child && child.getLocalName().equals(name)) {
				children.add(child);
			}
		}
		return children;
	}

	/** Of a feed or an entry: relation and address. */
	static List<String> links(Element parent) {
		return children(parent, "link").stream()
			.map((link) -> link.getAttribute("rel") + " " + link.getAttribute("href"))
			.toList();
	}

}
