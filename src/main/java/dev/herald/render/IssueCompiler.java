package dev.herald.render;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import dev.herald.dkim.DkimSigners;
import dev.herald.issue.IssueSource;
import dev.herald.newsletter.Newsletter;
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

	private static final Logger logger = LoggerFactory.getLogger(IssueCompiler.class);

	private final OperatorFiles files;

	private final DeliveryLinks links;

	private final Installation installation;

	private final DkimSigners signers;

	private final Clock clock;

	private final SecureRandom random = new SecureRandom();

	public IssueCompiler(OperatorFiles files, DeliveryLinks links, Installation installation, DkimSigners signers,
			Clock clock) {
		this.files = files;
		this.links = links;
		this.installation = installation;
		this.signers = signers;
		this.clock = clock;
	}

	/**
	 * Renders for many kinds of sample recipients, so that a faulty template is found
	 * here and not in mid-send.
	 * @throws Problem naming template, line and column
	 */
	public CompiledIssue compile(IssueSource source, Newsletter newsletter) {
		LinkTargets targets = new LinkTargets(newsletter.baseUrl());
		IssueDocument document = IssueDocument.of(source, targets);
		MailTemplates templates = new MailTemplates(this.files);
		Map<String, String> words = Words.of(this.files, newsletter.language(), newsletter.name());
		IssueModel model = new IssueModel(source, newsletter, document.preheader(),
				ArchiveAddress.of(this.installation, newsletter, source.slug()).toString(), words);
		DeliveryLinks sampleLinks = Samples.links(this.installation);
		List<RecipientValues> samples = Samples.recipients()
			.stream()
			.map((sample) -> new RecipientValues(sample, sampleLinks))
			.toList();
		IssuePart html = new IssuePart(new PartTemplate(templates, new HtmlFormat(), model,
				HtmlBody.render(document, targets, newsletter), nonce()), samples);
		IssuePart text = new IssuePart(new PartTemplate(templates, new TextFormat(), model,
				TextBody.render(document, targets, newsletter.language()), nonce()), samples);
		MailHeader header = new MailHeader(source.title(), newsletter, this.installation.baseUrl().getHost());
		MailBody body = new MailBody(text, html);
		String fingerprint = Fingerprint.of(
				new CompiledMail(source.title(), header, body, sampleLinks, EPOCH, "", List.of()), templates.sources(),
				words);
		return signed(new CompiledMail(source.title(), header, body, this.links, this.clock, fingerprint,
				document.warnings()), newsletter);
	}

	private CompiledIssue signed(CompiledIssue issue, Newsletter newsletter) {
		String domain = newsletter.sender().address().domain();
		this.signers.gap(domain).ifPresent(logger::warn);
		return this.signers.forDomain(domain)
			.<CompiledIssue>map((signer) -> SignedIssue.of(issue, signer))
			.orElse(issue);
	}

	private String nonce() {
		byte[] octets = new byte[12];
		this.random.nextBytes(octets);
		return HexFormat.of().formatHex(octets);
	}

}
