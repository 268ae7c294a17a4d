package dev.herald.newsletter;

/**
 * The colours of a mail by day or by night: three that are chosen, and those that follow
 * from them.
 *
 * @param accent of links
 * @param ink of text
 * @param paper of the ground
 */
public record Palette(Colour accent, Colour ink, Colour paper) {

	/** WCAG 2.2, level AA, for text. */
	private static final double READABLE = 4.5;

	/** Of what stands beside the text: date, footer, source of an item. */
	public Colour muted() {
		return softened(30);
	}

	/** Of a quotation. */
	public Colour quote() {
		return softened(18);
	}

	/**
	 * The ink with so much paper in it, or less where it would not be read well any more.
	 */
	private Colour softened(int percent) {
		for (int share = percent; share > 0; share--) {
			Colour soft = this.ink.mixed(this.paper, share);
			if (soft.contrast(this.paper) >= READABLE) {
				return soft;
			}
		}
		return this.ink;
	}

	/** Of rules. */
	public Colour line() {
		return this.paper.mixed(this.ink, 15);
	}

	/** Of the ground behind code. */
	public Colour block() {
		return this.paper.mixed(this.ink, 5);
	}

}
