package dev.herald.mailbox;

import java.util.List;

/**
 * Where rehearsals are delivered: an SMTP server on loopback, and the mails as files.
 * Thread-safe.
 */
public class BuiltInMailbox {

	/** Starts the server if it does not run, and tells its port. */
	public int smtpPort() {
		throw new UnsupportedOperationException();
	}

	/** Newest first, at most limit, leaving out the first skip. */
	public List<StoredMail> list(int skip, int limit) {
		throw new UnsupportedOperationException();
	}

	/** The mail with its trace header fields (Return-Path, Delivered-To) on top. */
	public byte[] read(String id) {
		throw new UnsupportedOperationException();
	}

}
