package dev.herald.render;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

import org.jspecify.annotations.Nullable;

/**
 * A text with slots, cut once where they are. Immutable.
 *
 * @param parts the text between the slots, one more than slots
 */
record SlottedText(List<String> parts, List<Slot> slots) {

	/**
	 * @return null where a placeholder was changed or cut, so that it can't be filled
	 */
	static @Nullable SlottedText of(String text, String nonce) {
		List<String> parts = new ArrayList<>();
		List<Slot> slots = new ArrayList<>();
		int from = 0;
		for (int at = text.indexOf(nonce); at >= 0; at = text.indexOf(nonce, from)) {
			int start = at - (Placeholder.start(nonce).length() - nonce.length());
			int end = start + Placeholder.length(nonce);
			if (start < from || end >= text.length() || !text.startsWith(Placeholder.start(nonce), start)
					|| !Escape.isSign(text.charAt(end))) {
				return null;
			}
			parts.add(text.substring(from, start));
			slots.add(new Slot(Integer.parseInt(text, at + nonce.length(), end, 10), Escape.of(text.charAt(end))));
			from = end + 1;
		}
		parts.add(text.substring(from));
		return new SlottedText(List.copyOf(parts), List.copyOf(slots));
	}

	/**
	 * @param values by the number of a slot, not escaped
	 */
	String fill(IntFunction<String> values) {
		StringBuilder out = new StringBuilder(this.parts.get(0));
		for (int i = 0; i < this.slots.size(); i++) {
			Slot slot = this.slots.get(i);
			out.append(slot.escape().apply(values.apply(slot.number()))).append(this.parts.get(i + 1));
		}
		return out.toString();
	}

	/**
	 * @param number of the value that it takes: several slots may take the same
	 */
	record Slot(int number, Escape escape) {
	}

}
