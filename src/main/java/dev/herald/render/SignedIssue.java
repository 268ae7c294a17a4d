package dev.herald.render;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import dev.herald.dkim.BodyPrefix;
import dev.herald.dkim.DkimSigner;
import dev.herald.issue.SourceWarning;

/**
 * A compiled issue whose messages are signed (DKIM). What their bodies share is hashed
 * once.
 *
 * @param prefix of every body
 */
record SignedIssue(CompiledIssue issue, DkimSigner signer, BodyPrefix prefix) implements CompiledIssue {

	static SignedIssue of(CompiledIssue issue, DkimSigner signer) {
		OutgoingMessage sample = issue.message(Samples.recipient());
		int start = sample.bodyOffset();
		return new SignedIssue(issue, signer,
				BodyPrefix.of(Arrays.copyOfRange(sample.content(), start, start + issue.sharedBodyPrefix())));
	}

	@Override
	public OutgoingMessage message(Recipient recipient) {
		OutgoingMessage plain = this.issue.message(recipient);
		byte[] fields = this.signer.sign(plain.content(), plain.bodyOffset(), this.prefix);
		byte[] content = Arrays.copyOf(fields, fields.length + plain.content().length);
		System.arraycopy(plain.content(), 0, content, fields.length, plain.content().length);
		return new OutgoingMessage(plain.envelopeSender(), plain.recipient(), content,
				plain.bodyOffset() + fields.length);
	}

	@Override
	public String subject() {
		return this.issue.subject();
	}

	@Override
	public String html(Recipient recipient) {
		return this.issue.html(recipient);
	}

	@Override
	public String page(Recipient recipient) {
		return this.issue.page(recipient);
	}

	@Override
	public Cut cut() {
		return this.issue.cut();
	}

	@Override
	public Optional<String> embedded(String address) {
		return this.issue.embedded(address);
	}

	@Override
	public String text(Recipient recipient) {
		return this.issue.text(recipient);
	}

	@Override
	public int sharedBodyPrefix() {
		return this.issue.sharedBodyPrefix();
	}

	@Override
	public List<SourceWarning> warnings() {
		return this.issue.warnings();
	}

	@Override
	public String fingerprint() {
		return this.issue.fingerprint();
	}

}
