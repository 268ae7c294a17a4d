package dev.herald.render;

import java.util.List;
import java.util.Optional;

import dev.herald.issue.SourceWarning;

/**
 * A compiled issue that differs from another in its messages, and in what it overrides.
 */
public interface DelegatingIssue extends CompiledIssue {

	/** The other. */
	CompiledIssue issue();

	@Override
	default String subject() {
		return issue().subject();
	}

	@Override
	default String html(Recipient recipient) {
		return issue().html(recipient);
	}

	@Override
	default String page(Recipient recipient) {
		return issue().page(recipient);
	}

	@Override
	default Cut cut() {
		return issue().cut();
	}

	@Override
	default Optional<String> embedded(String address) {
		return issue().embedded(address);
	}

	@Override
	default String text(Recipient recipient) {
		return issue().text(recipient);
	}

	@Override
	default int sharedBodyPrefix() {
		return issue().sharedBodyPrefix();
	}

	@Override
	default List<SourceWarning> warnings() {
		return issue().warnings();
	}

	@Override
	default String fingerprint() {
		return issue().fingerprint();
	}

}
