package dev.herald.render;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.herald.issue.IssueReader;
import dev.herald.issue.IssueSource;
import dev.herald.newsletter.Newsletter;
import dev.herald.render.VisibleSource.Words;
import dev.herald.settings.OperatorFiles;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.TextNode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How much of the words and links of real newsletters arrives in both parts of the mail.
 * What the template says by itself is taken off before words are counted.
 */
class FidelityTests {

	private static final Path ISSUES = Path.of("../shared/data/issues");

	private static final URI BASE = URI.create("https://example.org/issues/");

	private static final Pattern ADDRESS = Pattern
		.compile("(?:https?://|irc://|www\\.|mailto:|tel:|<(?=[^>\\s]*@))[^\\s<>\"]+");

	private final IssueCompiler compiler = SampleMails.compiler(new OperatorFiles(Path.of("")));

	/** A mail of which all words are the template's. */
	private final CompiledIssue frame = SampleMails.compile("---\ntitle: '.'\n---\n.",
			SampleMails.newsletter("en", BASE.toString()));

	/** Of one folder. */
	private static final class Figures {

		private int words;

		private int wordsMissingInHtml;

		private int wordsMissingInText;

		private int wordsAdded;

		private int links;

		private final List<String> linksMissingInHtml = new ArrayList<>();

		private final List<String> linksMissingInText = new ArrayList<>();

		private final Map<String, Integer> missing = new TreeMap<>();

		private final Map<String, Integer> added = new TreeMap<>();

		double html() {
			return 100.0 * (this.words - this.wordsMissingInHtml) / this.words;
		}

		double text() {
			return 100.0 * (this.words - this.wordsMissingInText) / this.words;
		}

		double added() {
			return 100.0 * this.wordsAdded / this.words;
		}

		String row(String folder) {
			return String.format(Locale.ROOT, "%-30s %7d %8.2f %8.2f %8.2f %7d %7d %7d", folder, this.words, html(),
					text(), added(), this.links, this.links - this.linksMissingInHtml.size(),
					this.links - this.linksMissingInText.size());
		}

	}

	@Test
	void theWordsAndLinksOfRealNewslettersArriveInBothParts() throws IOException {
		Map<String, Figures> folders = new TreeMap<>();
		for (Path file : RealIssuesTests.issues()) {
			String folder = ISSUES.relativize(file).getName(0).toString();
			measure(file, folders.computeIfAbsent(folder, (name) -> new Figures()));
		}
		System.out.printf("%-30s %7s %8s %8s %8s %7s %7s %7s%n", "folder", "words", "html %", "text %", "added %",
				"links", "in html", "in text");
		folders.forEach((folder, figures) -> System.out.println(figures.row(folder)));
		folders.forEach((folder, figures) -> {
			assertThat(figures.html()).as(folder + ", words in HTML, missing " + figures.missing)
				.isGreaterThanOrEqualTo(98);
			assertThat(figures.text()).as(folder + ", words in text, missing " + figures.missing)
				.isGreaterThanOrEqualTo(98);
			assertThat(figures.added()).as(folder + ", marks shown as words " + figures.added).isLessThan(1);
			assertThat(figures.linksMissingInHtml).as(folder + ", links missing in HTML").isEmpty();
			assertThat(figures.linksMissingInText).as(folder + ", links missing in text").isEmpty();
		});
	}

	private void measure(Path file, Figures figures) throws IOException {
		byte[] content = Files.readAllBytes(file);
		VisibleSource source = VisibleSource.of(new String(content, StandardCharsets.UTF_8));
		Newsletter newsletter = SampleMails.newsletter("en", BASE.toString());
		IssueSource issue = IssueReader.read(file.toString(), content);
		CompiledIssue mail = this.compiler.compile(issue, newsletter);
		Map<String, Integer> expected = source.words();
		Map<String, Integer> html = without(htmlWords(mail), htmlWords(this.frame));
		Map<String, Integer> text = without(textWords(mail), textWords(this.frame));
		figures.words += Words.sum(expected);
		Map<String, Integer> missingInHtml = Words.missing(expected, html);
		Map<String, Integer> missingInText = Words.missing(expected, text);
		figures.wordsMissingInHtml += Words.sum(missingInHtml);
		figures.wordsMissingInText += Words.sum(missingInText);
		Map<String, Integer> added = Words.missing(without(html, titleAndDate(issue)), expected);
		figures.wordsAdded += Words.sum(added);
		added.forEach((word, count) -> figures.added.merge(word, count, Integer::sum));
		missingInHtml.forEach((word, count) -> figures.missing.merge("html:" + word, count, Integer::sum));
		missingInText.forEach((word, count) -> figures.missing.merge("text:" + word, count, Integer::sum));
		Set<String> inHtml = htmlLinks(mail);
		Set<String> inText = textLinks(mail);
		for (String link : source.links()) {
			String address = whole(link);
			figures.links++;
			if (!inHtml.contains(address)) {
				figures.linksMissingInHtml.add(file.getFileName() + " " + address);
			}
			if (!inText.contains(address)) {
				figures.linksMissingInText.add(file.getFileName() + " " + address);
			}
		}
	}

	private static Map<String, Integer> titleAndDate(IssueSource issue) {
		String date = (issue.date() != null)
				? DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(Locale.ENGLISH).format(issue.date())
				: "";
		return Words.count(Words.plain(issue.title()) + " " + date);
	}

	private static Map<String, Integer> without(Map<String, Integer> words, Map<String, Integer> frame) {
		Map<String, Integer> rest = new HashMap<>(words);
		frame.forEach((word, count) -> rest.merge(word, -count, Integer::sum));
		return rest;
	}

	private static Map<String, Integer> htmlWords(CompiledIssue mail) {
		Document page = Jsoup.parse(mail.html(SampleMails.ANN));
		page.select("head, .preheader, .footnote-ref, .footnote-backref").remove();
		page.select("img").forEach((picture) -> picture.replaceWith(new TextNode(" " + picture.attr("alt") + " ")));
		return Words.count(Words.plain(page.text()));
	}

	private static Map<String, Integer> textWords(CompiledIssue mail) {
		String text = mail.text(SampleMails.ANN).replaceAll("[⁰¹²³⁴⁵⁶⁷⁸⁹]+", "").replaceAll(" ?\\[\\d+\\]", "");
		return Words.count(Words.plain(text));
	}

	private static Set<String> htmlLinks(CompiledIssue mail) {
		Set<String> links = new HashSet<>();
		Jsoup.parse(mail.html(SampleMails.ANN))
			.select("a[href]")
			.forEach((link) -> links.add(decoded(link.attr("href"))));
		return links;
	}

	private static Set<String> textLinks(CompiledIssue mail) {
		Set<String> links = new HashSet<>();
		Matcher address = ADDRESS.matcher(mail.text(SampleMails.ANN));
		while (address.find()) {
			String found = address.group();
			String whole = found.startsWith("<") ? "mailto:" + found.substring(1)
					: found.startsWith("www.") ? "http://" + found : found;
			links.add(decoded(whole));
			// Where it stands in a sentence, the next sign is not part of it.
			links.add(decoded(whole.replaceFirst("[.,;:!?)\\]*_`|，。；：、）】》」』！？“”‘’].*$", "")));
			for (String sign : List.of(".", ",", ")", ").", "),", ":", ";", "*", "_", "。", "，", "）", "]", "!", "?")) {
				if (whole.contains(sign)) {
					links.add(decoded(whole.substring(0, whole.lastIndexOf(sign))));
				}
			}
		}
		return links;
	}

	private static String whole(String link) {
		String address = link.startsWith("//") ? "https:" + link : link;
		return decoded(
				address.matches("(?i)[a-z][a-z0-9+.-]*:.*") ? address : BASE.resolve(URI.create(address)).toString());
	}

	private static String decoded(String url) {
		try {
			return URLDecoder.decode(url.replace("+", "%2B"), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return url;
		}
	}

}
