package dev.herald.render;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.ibm.icu.util.ULocale;
import dev.herald.address.Mailbox;
import dev.herald.issue.IssueSource;
import dev.herald.newsletter.Newsletter;
import dev.herald.settings.OperatorFiles;
import dev.herald.tracking.DeliveryLinks;
import freemarker.cache.ClassTemplateLoader;
import freemarker.cache.FileTemplateLoader;
import freemarker.cache.MultiTemplateLoader;
import freemarker.cache.TemplateLoader;
import freemarker.core.HTMLOutputFormat;
import freemarker.template.Configuration;
import freemarker.template.SimpleObjectWrapper;
import freemarker.template.TemplateException;
import jakarta.mail.MessagingException;

/**
 * An issue for one recipient without any slot: the templates see plain strings, the pages
 * are inlined and encoded whole. Slow, and what the fast way has to equal.
 */
final class FullRendering {

	private final Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);

	private final OperatorFiles files;

	private final IssueSource source;

	private final Newsletter newsletter;

	private final DeliveryLinks links = SampleMails.links();

	private final IssueDocument document;

	private final LinkTargets targets;

	private final Map<Recipient, String> pages = new HashMap<>();

	private final String textEncoding;

	private final String htmlEncoding;

	/**
	 * @param home the folder that holds templates/
	 */
	FullRendering(Path home, IssueSource source, Newsletter newsletter) throws IOException {
		this.configuration.setTemplateLoader(new MultiTemplateLoader(
				new TemplateLoader[] { new FileTemplateLoader(home.resolve("templates").toFile()),
						new ClassTemplateLoader(getClass().getClassLoader(), "templates") }));
		this.configuration.setDefaultEncoding("UTF-8");
		this.configuration.setLocalizedLookup(false);
		this.configuration.setURLEscapingCharset("UTF-8");
		this.configuration.setAttemptExceptionReporter((ex, environment) -> {
		});
		this.configuration.setObjectWrapper(new SimpleObjectWrapper(Configuration.VERSION_2_3_34));
		this.files = new OperatorFiles(home);
		this.source = source;
		this.newsletter = newsletter;
		this.targets = new LinkTargets(newsletter.baseUrl());
		this.document = IssueDocument.of(source, this.targets);
		DeliveryLinks samples = Samples.links(SampleMails.INSTALLATION);
		this.textEncoding = MailMessage.shorterEncoding(text(Samples.recipient(), samples));
		this.htmlEncoding = MailMessage.shorterEncoding(html(Samples.recipient(), samples));
	}

	/** Kept: the page itself, its mail and a second round ask for the same. */
	String html(Recipient recipient) {
		return this.pages.computeIfAbsent(recipient, (key) -> html(key, this.links));
	}

	String text(Recipient recipient) {
		return text(recipient, this.links);
	}

	private String html(Recipient recipient, DeliveryLinks with) {
		return new HtmlFormat().finish(processed("issue/html.ftlh", recipient, with,
				HtmlBody.render(this.document, this.targets, this.newsletter)));
	}

	private String text(Recipient recipient, DeliveryLinks with) {
		String body = TextBody.render(this.document, this.targets, this.newsletter.language());
		return processed("issue/text.ftl", recipient, with, body).strip() + "\n";
	}

	private String processed(String template, Recipient recipient, DeliveryLinks with, String body) {
		try {
			StringWriter out = new StringWriter();
			this.configuration.getTemplate(template).process(model(recipient, with, body), out);
			return out.toString();
		}
		catch (IOException | TemplateException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private List<Map<String, String>> contents(String body) {
		boolean listed = Section.areListed(this.source, this.newsletter.theme()) && body.contains("<h2 id=");
		return listed ? Section.in(body)
			.stream()
			.map((section) -> Map.of("title", section.title(), "anchor", section.anchor()))
			.toList() : List.of();
	}

	private Map<String, Object> model(Recipient recipient, DeliveryLinks with, String body) throws TemplateException {
		String address = recipient.subscriber().address().value();
		String date = (this.source.date() != null) ? DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
			.withLocale(this.newsletter.language())
			.format(this.source.date()) : "";
		Map<String, Object> words = new HashMap<>();
		Words.of(this.files, this.newsletter.language(), this.newsletter.name())
			.forEach((key, word) -> words.put(key, word.replace("{address}", address)));
		Map<String, Object> model = new HashMap<>(new TextLayout(this.newsletter.language()).functions());
		model.put("lang", this.newsletter.language().toLanguageTag());
		model.put("dir", ULocale.forLocale(this.newsletter.language()).isRightToLeft() ? "rtl" : "ltr");
		model.put("cjk", List.of("zh", "ja", "ko").contains(this.newsletter.language().getLanguage()));
		model.put("newsletter",
				Map.of("name", this.newsletter.name(), "key", this.newsletter.key(), "postalAddress",
						this.newsletter.postalAddress(), "url",
						(this.newsletter.baseUrl() != null) ? this.newsletter.baseUrl().toString() : ""));
		model.put("issue", Map.of("title", this.source.title(), "date", date, "preheader", this.document.preheader(),
				"online",
				this.newsletter.archived()
						? ArchiveAddress.of(SampleMails.INSTALLATION, this.newsletter, this.source.slug()).toString()
						: "",
				"contents", contents(body), "body", HTMLOutputFormat.INSTANCE.fromMarkup(body)));
		model.put("theme", ThemeModel.of(this.newsletter.theme(), this.newsletter.language()));
		model.put("recipient",
				new TreeMap<>(Map.of("address", address, "name", MailHeaders.oneLine(recipient.subscriber().name()))));
		model.put("unsubscribe", with.unsubscribe(recipient.delivery()).toString());
		model.put("words", words);
		return model;
	}

	byte[] message(Recipient recipient) throws MessagingException, IOException {
		boolean utf8 = recipient.subscriber().address().needsSmtpUtf8()
				|| this.newsletter.sender().address().needsSmtpUtf8();
		MailMessage message = new MailMessage(this.links.messageId(recipient.delivery()), SampleMails.CLOCK.instant(),
				utf8);
		message.setHeader("From", MailHeaders.mailbox("From", this.newsletter.sender()));
		message.setHeader("To", MailHeaders.mailbox("To",
				new Mailbox(recipient.subscriber().name(), recipient.subscriber().address())));
		if (this.newsletter.replyTo() != null) {
			message.setHeader("Reply-To", this.newsletter.replyTo().value());
		}
		message.setHeader("Subject", MailHeaders.unstructured("Subject", this.source.title()));
		message.setHeader("List-Id", MailHeaders.named("List-Id", this.newsletter.name(),
				this.newsletter.key() + "." + SampleMails.INSTALLATION.baseUrl().getHost()));
		message.setHeader("List-Unsubscribe", "<%s>,\r\n <mailto:%s?subject=unsubscribe>".formatted(
				this.links.unsubscribe(recipient.delivery()), this.links.unsubscribeByMail(recipient.delivery())));
		message.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
		message.setHeader("Feedback-ID", recipient.delivery().issueId() + ":" + this.newsletter.key() + ":herald");
		return message.write(MailMessage.part(text(recipient), "plain; format=flowed; delsp=yes", this.textEncoding),
				MailMessage.part(html(recipient), "html", this.htmlEncoding));
	}

}
