package dev.herald.render;

import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.herald.dkim.BodyPrefix;
import dev.herald.dkim.DkimSigners;
import dev.herald.newsletter.Newsletter;
import dev.herald.problem.Problem;
import dev.herald.settings.Installation;
import dev.herald.settings.OperatorFiles;

import org.springframework.stereotype.Component;

/**
 * Makes mails to one person that are no issue, from templates and words that operators
 * edit. Few, so each is made whole. Thread-safe.
 */
@Component
public class NoticeCompiler {

	private final OperatorFiles files;

	private final Installation installation;

	private final DkimSigners signers;

	private final Clock clock;

	public NoticeCompiler(OperatorFiles files, Installation installation, DkimSigners signers, Clock clock) {
		this.files = files;
		this.installation = installation;
		this.signers = signers;
		this.clock = clock;
	}

	/**
	 * @throws Problem naming template, line and column
	 */
	public OutgoingMessage message(Notice notice) {
		Map<String, String> words = words(notice);
		Map<String, Object> model = model(notice, words);
		MailTemplates templates = new MailTemplates(this.files);
		String html = new HtmlFormat().finish(templates.render("notice/" + notice.template() + ".ftlh", model));
		String text = new TextFormat().finish(templates.render("notice/" + notice.template() + ".ftl", model));
		Pieces out = new Pieces();
		NoticeHeader.write(out, notice, words.getOrDefault("subject", notice.newsletter().name()),
				this.installation.baseUrl().getHost(), this.clock.instant());
		int bodyOffset = out.size();
		part(out, new TextFormat().subtype(), text);
		out.putAscii("\r\n");
		part(out, new HtmlFormat().subtype(), html);
		out.putAscii("\r\n--" + MailBody.BOUNDARY + "--\r\n");
		return signed(new OutgoingMessage(notice.envelopeSender(), notice.to(), out.toByteArray(), bodyOffset),
				notice.newsletter());
	}

	private static void part(Pieces out, String subtype, String content) {
		TransferEncoding encoding = TransferEncoding.shorterFor(content);
		out.putAscii("--%s\r\nContent-Type: text/%s; charset=UTF-8\r\nContent-Transfer-Encoding: %s\r\n\r\n"
			.formatted(MailBody.BOUNDARY, subtype, encoding.token()));
		PartEncoder encoder = encoding.encoder(out);
		encoder.write(TransferEncoding.canonical(content));
		encoder.end();
	}

	/** The shared ones; and over them its own, without what those begin with. */
	private Map<String, String> words(Notice notice) {
		String own = notice.words() + ".";
		Map<String, String> all = Words.of(this.files, notice.language(), notice.newsletter().name());
		Map<String, String> words = new HashMap<>(all);
		all.forEach((key, word) -> {
			if (key.startsWith(own)) {
				words.put(key.substring(own.length()), word);
			}
		});
		words.replaceAll((key, word) -> filled(word, notice.values()));
		return words;
	}

	private static String filled(String word, Map<String, String> values) {
		String result = word;
		for (Map.Entry<String, String> value : values.entrySet()) {
			result = result.replace("{" + value.getKey() + "}", value.getValue());
		}
		return result;
	}

	private static Map<String, Object> model(Notice notice, Map<String, String> words) {
		Newsletter newsletter = notice.newsletter();
		Map<String, Object> model = new LinkedHashMap<>(new TextLayout(notice.language()).functions());
		model.putAll(IssueModel.script(notice.language()));
		model.put("theme", ThemeModel.of(newsletter.theme(), notice.language()));
		model.put("newsletter", Map.of("name", newsletter.name(), "key", newsletter.key(), "postalAddress",
				newsletter.postalAddress(), "url", IssueModel.url(newsletter.baseUrl())));
		model.put("words", words);
		Map<String, Object> links = new LinkedHashMap<>();
		notice.links().forEach((name, link) -> links.put(name, link.toString()));
		if (notice.unsubscribe() != null) {
			links.put("unsubscribe", notice.unsubscribe().toString());
		}
		model.put("links", links);
		// The frame is that of issues, and asks for what those have.
		model.put("issue",
				Map.of("title", words.getOrDefault("title", ""), "preheader", "", "contents", "", "date", ""));
		return model;
	}

	private OutgoingMessage signed(OutgoingMessage message, Newsletter newsletter) {
		return this.signers.forDomain(newsletter.sender().address().domain())
			.map((signer) -> new MailSignature(signer, BodyPrefix.NONE).sign(message))
			.orElse(message);
	}

}
