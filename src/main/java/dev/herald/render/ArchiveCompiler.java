package dev.herald.render;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Map;

import dev.herald.issue.IssueSource;
import dev.herald.newsletter.Newsletter;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import dev.herald.settings.Installation;
import dev.herald.settings.OperatorFiles;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

import org.springframework.stereotype.Component;

/**
 * Makes the page that an issue has in the archive: the same document as its mails, whole,
 * in a layout of its own, and for nobody in particular. Thread-safe.
 */
@Component
public class ArchiveCompiler {

	private static final String ISSUE = "archive/issue.ftlh";

	private static final String LIST = "archive/list.ftlh";

	private static final String MISSING = "archive/missing.ftlh";

	private final OperatorFiles files;

	private final Installation installation;

	private final RenderSettings settings;

	public ArchiveCompiler(OperatorFiles files, Installation installation, RenderSettings settings) {
		this.files = files;
		this.installation = installation;
		this.settings = settings;
	}

	/**
	 * @param published where not, the page says so
	 * @throws Problem naming template, line and column
	 */
	public ArchivePage compile(IssueSource source, Newsletter newsletter, boolean published) {
		Text text = Text.of(source, newsletter, this.settings);
		Map<String, String> words = Words.of(this.files, newsletter.language(), newsletter.name());
		IssueModel model = new IssueModel(source, newsletter, text.summary(),
				ArchiveAddress.of(this.installation, newsletter, source.slug()), words);
		IssueModel listed = Section.areListed(source, newsletter.theme()) ? model.withContents(Section.in(text.html()))
				: model;
		Map<String, Object> page = listed.forNobody(text.html(), published);
		page.put("archive", address(newsletter));
		page.put("picture", text.picture());
		return page(ISSUE, page);
	}

	private Map<String, String> address(Newsletter newsletter) {
		String list = ArchiveAddress.ofList(this.installation, newsletter);
		return Map.of("url", list, "atom", list + "/feed.atom", "json", list + "/feed.json");
	}

	/**
	 * The list of a newsletter's issues, or what a search found of them.
	 * @throws Problem naming template, line and column
	 */
	public ArchivePage list(Newsletter newsletter, ArchiveListing listing) {
		Map<String, String> words = Words.of(this.files, newsletter.language(), newsletter.name());
		Map<String, Object> page = IssueModel.ofNewsletter(newsletter, words);
		DateTimeFormatter day = DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(newsletter.language());
		page.put("archive", address(newsletter));
		page.put("query", listing.query());
		page.put("queryInUrl", URLEncoder.encode(listing.query(), StandardCharsets.UTF_8));
		page.put("found", listing.found());
		page.put("year", (listing.year() != null) ? String.valueOf(listing.year()) : "");
		page.put("years", listing.years().stream().map(String::valueOf).toList());
		page.put("more", (listing.more() != null) ? String.valueOf(listing.more()) : "");
		page.put("issues",
				listing.entries()
					.stream()
					.map((entry) -> Map.of("title", entry.title(), "summary", entry.summary(), "date",
							day.format(entry.date()), "isoDate", entry.date().toString(), "path",
							newsletter.key() + "/" + URLEncoder.encode(entry.slug(), StandardCharsets.UTF_8)))
					.toList());
		return page(LIST, page);
	}

	/** The text alone, for feeds and for a search. */
	public ArchiveContent content(IssueSource source, Newsletter newsletter) {
		Text text = Text.of(source, newsletter, this.settings);
		Document page = Jsoup.parseBodyFragment(text.html());
		page.outputSettings().prettyPrint(false);
		String words = page.body().text();
		String address = ArchiveAddress.of(this.installation, newsletter, source.slug());
		// Where a feed is read, a bare # leads into somebody else's page.
		page.select("a[href^=#]").forEach((link) -> link.attr("href", address + link.attr("href")));
		return new ArchiveContent(source.title(), text.summary(), page.body().html(), words);
	}

	/**
	 * An issue's text, as its page has it.
	 *
	 * @param picture the address of its first one; empty where it has none
	 */
	private record Text(String html, String summary, String picture) {

		static Text of(IssueSource source, Newsletter newsletter, RenderSettings settings) {
			EmbeddedPictures pictures = new EmbeddedPictures(settings.embedPicturesUpTo());
			LinkTargets targets = new LinkTargets(newsletter.baseUrl(), pictures);
			IssueDocument document = IssueDocument.of(source, targets);
			String html = HtmlBody.render(document, targets, newsletter);
			String picture = Jsoup.parseBodyFragment(html).select("img[src^=http]").attr("src");
			return new Text(pictures.inline(html), document.preheader(), picture);
		}

	}

	/**
	 * The page where there is none: it says the same of whatever was asked for.
	 * @param language of who asks
	 * @throws Problem naming template, line and column
	 */
	public ArchivePage missing(Locale language) {
		Map<String, String> words = Words.of(this.files, language, "");
		String spoken = words.getOrDefault("language", Locale.ENGLISH.getLanguage());
		return page(MISSING, IssueModel.ofNoIssue(Locale.forLanguageTag(spoken), words));
	}

	private ArchivePage page(String template, Map<String, Object> model) {
		return ArchivePage.of(new MailTemplates(this.files).render(template, model));
	}

	/**
	 * Changes with the templates and words that a page is made of.
	 * @throws Problem naming a file that can't be read
	 */
	public String fingerprint(Newsletter newsletter) {
		try {
			return Fingerprint.of(new TemplateSources(this.files).read(ISSUE),
					Words.of(this.files, newsletter.language(), newsletter.name()));
		}
		catch (IOException ex) {
			throw new Problem(Problem.Kind.WORK, Sentence.of("render.template.unreadable",
					TemplateSources.FOLDER + ISSUE, String.valueOf(ex.getMessage())), ex);
		}
	}

}
