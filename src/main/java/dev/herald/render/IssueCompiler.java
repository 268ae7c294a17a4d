package dev.herald.render;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.ibm.icu.util.ULocale;
import dev.herald.issue.IssueSource;
import dev.herald.newsletter.Newsletter;
import dev.herald.problem.Problem;
import dev.herald.settings.Installation;
import dev.herald.settings.OperatorFiles;
import dev.herald.tracking.DeliveryLinks;
import freemarker.core.HTMLOutputFormat;
import freemarker.template.TemplateModelException;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Turns a source into a compiled issue. Thread-safe. */
@Component
public class IssueCompiler {

	private static final String HTML = "issue/html.ftlh";

	private static final String TEXT = "issue/text.ftl";

	private final OperatorFiles files;

	private final MailTemplates templates;

	private final DeliveryLinks links;

	private final Installation installation;

	private final Clock clock;

	private final SecureRandom random = new SecureRandom();

	public IssueCompiler(OperatorFiles files, DeliveryLinks links, Installation installation, Clock clock) {
		this.files = files;
		this.templates = new MailTemplates(files);
		this.links = links;
		this.installation = installation;
		this.clock = clock;
	}

	/**
	 * Renders once for a sample recipient, so that a faulty template is found here and
	 * not in mid-send.
	 * @throws Problem naming template, line and column
	 */
	public CompiledIssue compile(IssueSource source, Newsletter newsletter) {
		LinkTargets targets = new LinkTargets(newsletter.baseUrl());
		IssueDocument document = IssueDocument.of(source, targets);
		String nonce = nonce();
		Model model = new Model(source, newsletter, document.preheader(), nonce);
		String html = this.templates.render(HTML, model.with(this.files, body(HtmlBody.render(document, targets))));
		String text = this.templates.render(TEXT,
				model.with(this.files, TextBody.render(document, targets, newsletter.language())));
		CompiledMail mail = new CompiledMail(source.title(), newsletter,
				slotted(HTML, StyleInliner.inline(html), nonce), slotted(TEXT, text.strip() + "\n", nonce), this.links,
				this.installation.baseUrl().getHost(), this.clock);
		mail.with(Samples.links(this.installation)).message(Samples.recipient());
		return mail;
	}

	private String nonce() {
		// 29 characters as a placeholder: lines wrap as for an address of usual length.
		byte[] octets = new byte[12];
		this.random.nextBytes(octets);
		return HexFormat.of().formatHex(octets);
	}

	private static Object body(String html) {
		try {
			return HTMLOutputFormat.INSTANCE.fromMarkup(html);
		}
		catch (TemplateModelException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static SlottedText slotted(String template, String rendered, String nonce) {
		SlottedText text = SlottedText.of(rendered, nonce);
		if (text.isDamaged(nonce)) {
			throw Problem.work(
					"templates/%s changes a value that differs from recipient to recipient. Use ${unsubscribe}, ${recipient.address} and ${recipient.name} as they are."
						.formatted(template));
		}
		if (!text.slots().contains(Slot.UNSUBSCRIBE)) {
			throw Problem
				.work("templates/%s shows no way to unsubscribe. Put ${unsubscribe} into it.".formatted(template));
		}
		return text;
	}

	/** What a template sees. */
	private record Model(IssueSource source, Newsletter newsletter, String preheader, String nonce) {

		Map<String, Object> with(OperatorFiles files, Object body) {
			String address = Slot.ADDRESS.placeholder(this.nonce);
			String language = this.newsletter.language().toLanguageTag();
			Map<String, Object> model = new LinkedHashMap<>(new TextLayout(this.newsletter.language()).functions());
			model.put("lang", language);
			model.put("dir", direction());
			model.put("cjk", List.of("zh", "ja", "ko").contains(this.newsletter.language().getLanguage()));
			model.put("newsletter", Map.of("name", this.newsletter.name(), "key", this.newsletter.key(),
					"postalAddress", this.newsletter.postalAddress(), "url", url(this.newsletter.baseUrl())));
			model.put("issue", Map.of("title", this.source.title(), "date", date(this.source.date()), "preheader",
					this.preheader, "body", body));
			model.put("recipient", Map.of("address", address, "name", Slot.NAME.placeholder(this.nonce)));
			model.put("unsubscribe", Slot.UNSUBSCRIBE.placeholder(this.nonce));
			model.put("words", Words.of(files, this.newsletter.language(),
					Map.of("newsletter", this.newsletter.name(), "address", address)));
			return model;
		}

		private String direction() {
			return ULocale.forLocale(this.newsletter.language()).isRightToLeft() ? "rtl" : "ltr";
		}

		private static String url(@Nullable URI url) {
			return (url != null) ? url.toString() : "";
		}

		private String date(@Nullable LocalDate date) {
			return (date != null) ? DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
				.withLocale(this.newsletter.language())
				.format(date) : "";
		}

	}

}
