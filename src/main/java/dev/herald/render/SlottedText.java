package dev.herald.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * A text with slots, cut once where they are. Immutable.
 *
 * @param parts the text between the slots, one more than slots
 */
record SlottedText(List<String> parts, List<Slot> slots) {

	static SlottedText of(String text, String nonce) {
		List<String> parts = new ArrayList<>();
		List<Slot> slots = new ArrayList<>();
		String start = "slot" + nonce;
		int from = 0;
		int at = text.indexOf(start);
		while (at >= 0) {
			Slot slot = slotAt(text, at, nonce);
			if (slot == null) {
				break;
			}
			parts.add(text.substring(from, at));
			slots.add(slot);
			from = at + slot.placeholder(nonce).length();
			at = text.indexOf(start, from);
		}
		parts.add(text.substring(from));
		return new SlottedText(List.copyOf(parts), List.copyOf(slots));
	}

	private static @Nullable Slot slotAt(String text, int at, String nonce) {
		for (Slot slot : Slot.values()) {
			if (text.startsWith(slot.placeholder(nonce), at)) {
				return slot;
			}
		}
		return null;
	}

	/** Whether a template changed or cut a placeholder, so that it can't be filled. */
	boolean isDamaged(String nonce) {
		return this.parts.stream().anyMatch((part) -> part.toLowerCase(Locale.ROOT).contains(nonce));
	}

	String fill(Function<Slot, String> values) {
		StringBuilder out = new StringBuilder(this.parts.get(0));
		for (int i = 0; i < this.slots.size(); i++) {
			out.append(values.apply(this.slots.get(i))).append(this.parts.get(i + 1));
		}
		return out.toString();
	}

}
