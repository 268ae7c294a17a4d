package dev.herald.render;

import java.util.List;

import dev.herald.render.RecipientValues.Formula;
import org.jspecify.annotations.Nullable;

/**
 * One form of a part, ready to be filled in. Immutable.
 *
 * @param anyPadding whether values may be empty, or begin or end with white space: three
 * renderings to find out
 */
record PartVariant(SlottedText text, EncodedText encoded, AskedOnce<Boolean> anyPadding) {

	/**
	 * @param formulas by the number of their slot
	 * @return null where a value would change more than its slot
	 */
	@Nullable PartContent filled(List<Formula> formulas, RecipientValues values) {
		String[] filled = new String[formulas.size()];
		for (SlottedText.Slot slot : this.text.slots()) {
			if (filled[slot.number()] == null) {
				String value = formulas.get(slot.number()).of(values);
				if (!fits(value)) {
					return null;
				}
				filled[slot.number()] = value;
			}
		}
		return new Filled(this, filled);
	}

	/** Controls and half characters are changed by what stands beside them. */
	private boolean fits(String value) {
		if (value.isEmpty()) {
			return this.anyPadding.get();
		}
		if (value.charAt(0) == '\n' || (!value.equals(value.strip()) && !this.anyPadding.get())) {
			return false;
		}
		for (int i = 0; i < value.length(); i++) {
			char c = value.charAt(i);
			boolean half = Character.isSurrogate(c) && !Character.isSupplementaryCodePoint(value.codePointAt(i));
			if (half || (c < ' ' && c != '\n')) {
				return false;
			}
			i += Character.isSurrogate(c) ? 1 : 0;
		}
		return true;
	}

	private record Filled(PartVariant variant, String[] values) implements PartContent {

		@Override
		public String text() {
			return this.variant.text.fill((slot) -> this.values[slot]);
		}

		@Override
		public void write(PartEncoder encoder) {
			this.variant.encoded.write(encoder, this.values);
		}

	}

}
