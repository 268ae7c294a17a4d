package dev.herald.render;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;

import dev.herald.issue.IssueSource;
import dev.herald.newsletter.Newsletter;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import dev.herald.settings.Installation;
import dev.herald.settings.OperatorFiles;

import org.springframework.stereotype.Component;

/**
 * Makes the page that an issue has in the archive: the same document as its mails, whole,
 * in a layout of its own, and for nobody in particular. Thread-safe.
 */
@Component
public class ArchiveCompiler {

	private static final String ISSUE = "archive/issue.ftlh";

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
		EmbeddedPictures pictures = new EmbeddedPictures(this.settings.embedPicturesUpTo());
		LinkTargets targets = new LinkTargets(newsletter.baseUrl(), pictures);
		IssueDocument document = IssueDocument.of(source, targets);
		Map<String, String> words = Words.of(this.files, newsletter.language(), newsletter.name());
		IssueModel model = new IssueModel(source, newsletter, document.preheader(),
				ArchiveAddress.of(this.installation, newsletter, source.slug()), words);
		String body = pictures.inline(HtmlBody.render(document, targets, newsletter));
		IssueModel listed = Section.areListed(source, newsletter.theme()) ? model.withContents(Section.in(body))
				: model;
		return page(ISSUE, listed.forNobody(body, published));
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
