package dev.herald.dkim;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What has to be in DNS for a key's signatures to be verified.
 *
 * @param name of the TXT record, without a dot at the end
 * @param value its text, whole
 */
public record DkimRecord(String name, String value) {

	/** RFC 1035 section 3.3: a TXT record is of strings of at most so many octets. */
	private static final int LONGEST_STRING = 255;

	/** The record as a line of a zone file, its value in as many strings as it needs. */
	public String zoneLine() {
		int strings = (this.value.length() + LONGEST_STRING - 1) / LONGEST_STRING;
		return this.name + ". IN TXT "
				+ IntStream.range(0, strings).mapToObj(this::string).collect(Collectors.joining(" "));
	}

	private String string(int number) {
		int start = number * LONGEST_STRING;
		return '"' + this.value.substring(start, Math.min(this.value.length(), start + LONGEST_STRING)) + '"';
	}

}
