package dev.herald.render;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.herald.digest.Sha256;
import dev.herald.picture.PictureSize;

/**
 * A picture that travels with the mail. The same octets are the same picture, with the
 * same Content-ID in every mail. Immutable: its octets are not changed.
 *
 * @param id of its Content-ID, without brackets
 */
record EmbeddedPicture(Kind kind, byte[] octets, PictureSize size, String id) {

	private static final Pattern BEGINS = Pattern.compile("(?i)\\s*data:");

	private static final int LONGEST_TYPE = 40;

	/** What all mail readers show, and can run nothing: SVG can. */
	enum Kind {

		PNG, JPEG, GIF, WEBP;

		/** Empty where the octets are of another kind. */
		private Optional<PictureSize> size(byte[] octets) {
			return switch (this) {
				case PNG -> PictureSize.ofPng(octets);
				case JPEG -> PictureSize.ofJpeg(octets);
				case GIF -> PictureSize.ofGif(octets);
				case WEBP -> PictureSize.ofWebp(octets);
			};
		}

		String extension() {
			return name().toLowerCase(Locale.ROOT);
		}

		/** As in a Content-Type field and a data: address. */
		String type() {
			return "image/" + extension();
		}

	}

	/** Whether it is a data: address (RFC 2397), of whatever. */
	static boolean isData(String address) {
		return BEGINS.matcher(address).lookingAt();
	}

	/**
	 * @param address a data: address
	 * @param largest in octets
	 * @return empty where it is larger, damaged, of another type or not of the type that
	 * it says
	 */
	static Optional<EmbeddedPicture> of(String address, long largest) {
		// A third more in base64, and percent signs and line ends.
		if (address.length() > LONGEST_TYPE + 2 * largest) {
			return Optional.empty();
		}
		String written = address.replaceAll("\\s+", "").replace("%2B", "+").replace("%2F", "/").replace("%3D", "=");
		for (Kind kind : Kind.values()) {
			String start = "data:" + kind.type() + ";base64,";
			if (written.regionMatches(true, 0, start, 0, start.length())) {
				return decoded(written.substring(start.length())).filter((octets) -> octets.length <= largest)
					.flatMap((octets) -> kind.size(octets)
						.map((size) -> new EmbeddedPicture(kind, octets, size, id(octets))));
			}
		}
		return Optional.empty();
	}

	private static Optional<byte[]> decoded(String base64) {
		try {
			return Optional.of(Base64.getDecoder().decode(base64));
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	/** RFC 2392: unlike that of any other part in the world. */
	private static String id(byte[] octets) {
		return HexFormat.of().formatHex(Sha256.of(octets), 0, 16) + "@herald";
	}

	/** In the mail. */
	String address() {
		return "cid:" + this.id;
	}

	/** Elsewhere. */
	String dataAddress() {
		return "data:" + this.kind.type() + ";base64," + Base64.getEncoder().encodeToString(this.octets);
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof EmbeddedPicture picture && Arrays.equals(this.octets, picture.octets);
	}

	@Override
	public int hashCode() {
		return this.id.hashCode();
	}

	@Override
	public String toString() {
		return this.kind + " " + this.id;
	}

}
