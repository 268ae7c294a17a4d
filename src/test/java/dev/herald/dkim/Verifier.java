package dev.herald.dkim;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Verifies the first DKIM-Signature of a message by RFC 6376, in the plainest way and
 * without a line of what signs; each octet is a character. For Ed25519 and for headers in
 * UTF-8, which jDKIM does not take.
 */
final class Verifier {

	private Verifier() {
	}

	static boolean verifies(byte[] message, PublicKey key) throws GeneralSecurityException {
		String text = new String(message, StandardCharsets.ISO_8859_1);
		int split = text.indexOf("\r\n\r\n");
		List<String> fields = List.of(text.substring(0, split).split("\r\n(?![ \t])"));
		String body = text.substring(split + 4);
		Map<String, String> tags = tags(fields.get(0));
		byte[] bodyHash = sha256(body.replaceFirst("(\r\n)*\\z", "") + "\r\n");
		if (!Base64.getEncoder().encodeToString(bodyHash).equals(tags.get("bh"))) {
			return false;
		}
		String signed = signedHeader(fields, tags.getOrDefault("h", ""));
		boolean rsa = "rsa-sha256".equals(tags.get("a"));
		Signature signature = Signature.getInstance(rsa ? "SHA256withRSA" : "Ed25519");
		signature.initVerify(key);
		signature.update(rsa ? signed.getBytes(StandardCharsets.ISO_8859_1) : sha256(signed));
		return signature.verify(Base64.getDecoder().decode(tags.get("b")));
	}

	static Map<String, String> tags(String field) {
		Map<String, String> tags = new HashMap<>();
		for (String tag : field.substring(field.indexOf(':') + 1).replaceAll("[ \t\r\n]", "").split(";", -1)) {
			tags.put(tag.substring(0, tag.indexOf('=')), tag.substring(tag.indexOf('=') + 1));
		}
		return tags;
	}

	private static String signedHeader(List<String> fields, String names) {
		Map<String, Deque<String>> byName = new HashMap<>();
		for (String field : fields) {
			String name = field.substring(0, field.indexOf(':')).strip().toLowerCase(Locale.ROOT);
			byName.computeIfAbsent(name, (key) -> new ArrayDeque<>()).push(field);
		}
		List<String> lines = new ArrayList<>();
		for (String name : names.split(":", -1)) {
			Deque<String> left = byName.getOrDefault(name.toLowerCase(Locale.ROOT), new ArrayDeque<>());
			if (!left.isEmpty()) {
				lines.add(relaxed(left.pop()) + "\r\n");
			}
		}
		lines.add(relaxed(fields.get(0)).replaceFirst("([;: ]b=)[^;]*", "$1"));
		return String.join("", lines);
	}

	private static String relaxed(String field) {
		int colon = field.indexOf(':');
		String value = field.substring(colon + 1).replace("\r\n", "").replaceAll("[ \t]+", " ");
		return field.substring(0, colon).replaceAll("[ \t]", "").toLowerCase(Locale.ROOT) + ":"
				+ value.replaceAll("\\A | \\z", "");
	}

	private static byte[] sha256(String text) throws GeneralSecurityException {
		return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.ISO_8859_1));
	}

}
