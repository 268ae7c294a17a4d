package dev.herald.render;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

import dev.herald.digest.Sha256;

/**
 * Names what goes out: the mails of all samples, and for the branches that no sample
 * takes the templates and words themselves.
 */
final class Fingerprint {

	private final MessageDigest sha256;

	private Fingerprint(MessageDigest sha256) {
		this.sha256 = sha256;
	}

	/**
	 * @param sample with links and clock that are always the same
	 */
	static String of(CompiledIssue sample, Map<String, String> templates, Map<String, String> words) {
		Fingerprint fingerprint = begun();
		Samples.recipients().forEach((recipient) -> fingerprint.add(sample.message(recipient).content()));
		if (sample.tracksPersons()) {
			Samples.recipients()
				.forEach((recipient) -> fingerprint.add(sample.message(recipient.consenting()).content()));
		}
		fingerprint.add(templates);
		fingerprint.add(words);
		return fingerprint.end();
	}

	/** Of templates and words alone. */
	static String of(Map<String, String> templates, Map<String, String> words) {
		Fingerprint fingerprint = begun();
		fingerprint.add(templates);
		fingerprint.add(words);
		return fingerprint.end();
	}

	private static Fingerprint begun() {
		return new Fingerprint(Sha256.begin());
	}

	private String end() {
		return HexFormat.of().formatHex(this.sha256.digest());
	}

	private void add(Map<String, String> texts) {
		new TreeMap<>(texts).forEach((name, text) -> {
			add(name.getBytes(StandardCharsets.UTF_8));
			add(text.getBytes(StandardCharsets.UTF_8));
		});
	}

	/** With its length, so that no text can pass for the end of another. */
	private void add(byte[] octets) {
		this.sha256.update((octets.length + ":").getBytes(StandardCharsets.US_ASCII));
		this.sha256.update(octets);
	}

}
