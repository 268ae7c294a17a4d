package dev.herald.render;

import java.util.List;
import java.util.Optional;

import dev.herald.issue.SourceWarning;

/**
 * One issue, ready to be rendered for any recipient. Immutable; shared by all threads of
 * a send.
 */
public interface CompiledIssue {

	String subject();

	/**
	 * The whole message, as it goes out: the preview and the send call this same method.
	 * The octets are those of rendering both templates for this recipient alone.
	 * @throws dev.herald.problem.Problem when a template that looks at its recipient
	 * fails for this one and did for none of the samples it was compiled with
	 */
	OutgoingMessage message(Recipient recipient);

	/**
	 * The HTML part of {@link #message}, before transfer encoding, with the links of the
	 * issue where those that go out are tracked.
	 */
	String html(Recipient recipient);

	/** Of the HTML part that goes out, in UTF-8; of the larger one where it has forms. */
	default int htmlOctets(Recipient recipient) {
		return HtmlSize.octets(html(recipient));
	}

	/**
	 * {@link #html}, to be shown without a mail around it: embedded pictures are in it.
	 */
	String page(Recipient recipient);

	/** The plain text part of {@link #message}, before transfer encoding. */
	String text(Recipient recipient);

	/**
	 * Whether the HTML part has the whole issue. Takes some renderings where it does not
	 * fit and nobody asked for a cut.
	 */
	Cut cut();

	/**
	 * Where a picture's data: address went that the issue has.
	 * @return its cid: address; empty where it is not embedded
	 */
	Optional<String> embedded(String address);

	/** Whether mails to readers who consented tell who opens them and follows links. */
	default boolean tracksPersons() {
		return false;
	}

	/** Where the links of its mails lead that lead through this installation. */
	default List<String> trackedLinks() {
		return List.of();
	}

	/**
	 * How many octets the bodies of all its messages have in common at their beginning,
	 * as encoded.
	 */
	int sharedBodyPrefix();

	/**
	 * SHA-256 in hex over all that goes out, but for what differs by recipient or time:
	 * the same for each compiling of the same issue, templates, words, newsletter and
	 * base URL. It pins what was approved.
	 */
	String fingerprint();

	/**
	 * What of the source a mail can't carry, in the order of the file: at most 500. They
	 * hinder no send.
	 */
	List<SourceWarning> warnings();

}
