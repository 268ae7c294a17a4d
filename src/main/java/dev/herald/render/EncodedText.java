package dev.herald.render;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/** A text with slots, encoded between them as far as it can be. Immutable. */
final class EncodedText {

	private final List<Stretch> stretches;

	private final List<SlottedText.Slot> slots;

	EncodedText(SlottedText text, TransferEncoding encoding) {
		this.slots = text.slots();
		this.stretches = IntStream.range(0, text.parts().size())
			.mapToObj((i) -> encoding.stretch(TransferEncoding.canonical(text.parts().get(i)), i == 0))
			.toList();
	}

	/**
	 * @param values by the number of a slot, not escaped; lines end with LF
	 */
	void write(PartEncoder encoder, String[] values) {
		encoder.write(this.stretches.get(0));
		for (int i = 0; i < this.slots.size(); i++) {
			SlottedText.Slot slot = this.slots.get(i);
			String value = slot.escape().apply(values[slot.number()]);
			encoder.write(octets(value));
			encoder.write(this.stretches.get(i + 1));
		}
		encoder.end();
	}

	/** Writes what is the same for all recipients at the beginning, and nothing more. */
	void writeShared(PartEncoder encoder) {
		encoder.write(this.stretches.get(0));
	}

	private static byte[] octets(String value) {
		String lines = (value.indexOf('\n') >= 0) ? value.replace("\n", "\r\n") : value;
		return lines.getBytes(StandardCharsets.UTF_8);
	}

}
