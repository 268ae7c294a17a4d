package dev.herald.render;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import dev.herald.dkim.DkimSigners;
import dev.herald.issue.IssueSource;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.TrackingMode;
import dev.herald.problem.Problem;
import dev.herald.settings.Installation;
import dev.herald.settings.OperatorFiles;
import dev.herald.tracking.DeliveryLinks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/** Turns a source into a compiled issue. Thread-safe. */
@Component
public class IssueCompiler {

	private static final Clock EPOCH = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

	private static final String SUBJECT = "{subject}";

	private static final Logger logger = LoggerFactory.getLogger(IssueCompiler.class);

	private final OperatorFiles files;

	private final DeliveryLinks links;

	private final Installation installation;

	private final DkimSigners signers;

	private final RenderSettings settings;

	private final Clock clock;

	private final SecureRandom random = new SecureRandom();

	public IssueCompiler(OperatorFiles files, DeliveryLinks links, Installation installation, DkimSigners signers,
			RenderSettings settings, Clock clock) {
		this.files = files;
		this.links = links;
		this.installation = installation;
		this.signers = signers;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Renders for many kinds of sample recipients, so that a faulty template is found
	 * here and not in mid-send.
	 * @throws Problem naming template, line and column
	 */
	public CompiledIssue compile(IssueSource source, Newsletter newsletter) {
		return compile(source, newsletter, source.title(), this.links, newsletter.tracking());
	}

	/**
	 * The same as a test: marked in its subject, in the newsletter's language, and with
	 * links that unsubscribe and count nobody.
	 */
	public CompiledIssue compileTest(IssueSource source, Newsletter newsletter) {
		String mark = Words.of(this.files, newsletter.language(), newsletter.name()).getOrDefault("test", "");
		String subject = mark.contains(SUBJECT) ? mark.replace(SUBJECT, source.title()) : mark + " " + source.title();
		return compile(source, newsletter, subject, new TestLinks(Samples.links(this.installation), nonce()),
				TrackingMode.NONE);
	}

	/** The same for a reader who gets it outside of any send, with links of its own. */
	public CompiledIssue compileOutsideOfSends(IssueSource source, Newsletter newsletter, DeliveryLinks links) {
		return compile(source, newsletter, source.title(), links, TrackingMode.NONE);
	}

	private CompiledIssue compile(IssueSource source, Newsletter newsletter, String subject, DeliveryLinks links,
			TrackingMode mode) {
		EmbeddedPictures pictures = new EmbeddedPictures(this.settings.embedPicturesUpTo());
		LinkTargets targets = new LinkTargets(newsletter.baseUrl(), pictures);
		IssueDocument document = IssueDocument.of(source, targets);
		MailTemplates templates = new MailTemplates(this.files);
		Map<String, String> words = Words.of(this.files, newsletter.language(), newsletter.name());
		String online = ArchiveAddress.inMails(this.installation, newsletter, source.slug());
		IssueModel model = new IssueModel(source, newsletter, document.preheader(), online, words);
		DeliveryLinks sampleLinks = Samples.links(this.installation);
		List<RecipientValues> samples = samples(sampleLinks);
		boolean listed = Section.areListed(source, newsletter.theme());
		String nonce = nonce();
		String body = HtmlBody.render(document, targets, newsletter);
		TrackedBody tracked = (mode != TrackingMode.NONE)
				? TrackedBody.of(body, this.installation.baseUrl().toString(), PartTemplate.trackingMark(nonce)) : null;
		FittedHtml fitted = FittedHtml.of(
				(shown) -> new PartTemplate(templates, new HtmlFormat(),
						listed ? model.withContents(Section.in(shown)) : model, shown, nonce),
				(tracked != null) ? tracked.html() : body, samples.get(0), FittedHtml.isAsked(source, this.settings),
				online);
		PartTemplate fit = fitted.template();
		IssuePart html = new IssuePart((tracked != null) ? fit.with(tracked.untracked(fit.body())) : fit, samples,
				TransferEncoding.shorterFor(fitted.page()));
		TrackedHtml trackedHtml = (tracked != null) ? new TrackedHtml(mode,
				new IssuePart(fit.with(fit.body() + tracked.tail()), samples, html.encoding()), tracked.targets())
				: TrackedHtml.NONE;
		PartTemplate plain = new PartTemplate(templates, new TextFormat(), model,
				TextBody.render(document, targets, newsletter.language()), nonce());
		IssuePart text = new IssuePart(plain, samples, TransferEncoding.shorterFor(plain.whole(samples.get(0))));
		MailHeader header = new MailHeader(subject, newsletter, this.installation.baseUrl().getHost());
		MailBody parts = new MailBody(text, html, trackedHtml, pictures.in(fit.body()));
		String fingerprint = Fingerprint.of(new CompiledMail(subject, header, parts, sampleLinks, EPOCH, "", List.of(),
				fitted.cut(), pictures, UnaryOperator.identity()), templates.sources(), words);
		return signed(new CompiledMail(subject, header, parts, links, this.clock, fingerprint, document.warnings(),
				fitted.cut(), pictures, UnaryOperator.identity()), newsletter);
	}

	private static List<RecipientValues> samples(DeliveryLinks links) {
		return Samples.recipients().stream().map((sample) -> new RecipientValues(sample, links)).toList();
	}

	private CompiledIssue signed(CompiledMail issue, Newsletter newsletter) {
		String domain = newsletter.sender().address().domain();
		this.signers.gap(domain).ifPresent(logger::warn);
		return this.signers.forDomain(domain).map(issue::signed).orElse(issue);
	}

	private String nonce() {
		byte[] octets = new byte[12];
		this.random.nextBytes(octets);
		return HexFormat.of().formatHex(octets);
	}

}
