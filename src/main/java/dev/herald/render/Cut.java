package dev.herald.render;

import java.util.List;

/**
 * What became of the rule that a mail is no larger than Gmail shows: a longer issue can
 * end behind one of its sections with a link to its page in the archive. A section is
 * named by its heading of level two. The plain text is always whole.
 */
public sealed interface Cut {

	/** The whole issue fits. */
	record None() implements Cut {
	}

	/** It does not fit, and nobody asked for a cut: the mail has all of it. */
	record Offered(List<String> kept, List<String> left) implements Cut {
	}

	/**
	 * The mail has some sections and links to the rest.
	 *
	 * @param wholeOctets of the HTML, had it not been cut
	 */
	record Made(int wholeOctets, List<String> kept, List<String> left) implements Cut {
	}

	/**
	 * It does not fit and can't be cut: the mail has all of it.
	 *
	 * @param asked whether the issue or the installation asks for a cut
	 */
	record Impossible(boolean asked, Hindrance hindrance) implements Cut {
	}

	/** Why an issue can't be cut. */
	enum Hindrance {

		/** There is no page to link to. */
		NOT_ARCHIVED,
		/** It has no headings of level two, or already its first section is too long. */
		NO_SECTION_FITS

	}

}
