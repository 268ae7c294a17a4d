package dev.herald.picture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * How large a picture is, in pixels, by its own header: pixels are not decoded, so none
 * can be a bomb.
 */
public record PictureSize(int width, int height) {

	/**
	 * A side of a picture in a mail; a header that says more is damaged or made to hurt.
	 */
	private static final int LONGEST = 20_000;

	/**
	 * @param begin the first octets of a picture, or all
	 * @return empty for what is none of PNG, JPEG, GIF and WebP, for broken ones, and
	 * where the size stands further behind
	 */
	public static Optional<PictureSize> of(byte[] begin) {
		return ofPng(begin).or(() -> ofGif(begin)).or(() -> ofWebp(begin)).or(() -> ofJpeg(begin));
	}

	/** Empty where the octets are no PNG. */
	public static Optional<PictureSize> ofPng(byte[] octets) {
		boolean png = has(octets, 0, "\u0089PNG\r\n\u001a\n") && has(octets, 12, "IHDR") && octets.length >= 33;
		return png ? of(big(octets, 16), big(octets, 20)) : Optional.empty();
	}

	public static Optional<PictureSize> ofGif(byte[] octets) {
		boolean gif = (has(octets, 0, "GIF87a") || has(octets, 0, "GIF89a")) && octets.length >= 13;
		return gif ? of(little(octets, 6, 2), little(octets, 8, 2)) : Optional.empty();
	}

	/** RFC 9649: three kinds of a first chunk. */
	public static Optional<PictureSize> ofWebp(byte[] octets) {
		if (!has(octets, 0, "RIFF") || !has(octets, 8, "WEBP") || octets.length < 25) {
			return Optional.empty();
		}
		if (has(octets, 12, "VP8X") && octets.length >= 30) {
			return of(little(octets, 24, 3) + 1, little(octets, 27, 3) + 1);
		}
		if (has(octets, 12, "VP8L") && octets[20] == 0x2f) {
			int bits = little(octets, 21, 4);
			return of((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1);
		}
		boolean lossy = octets.length >= 30 && has(octets, 12, "VP8 ") && has(octets, 23, "\u009d\u0001*");
		return lossy ? of(little(octets, 26, 2) & 0x3fff, little(octets, 28, 2) & 0x3fff) : Optional.empty();
	}

	/** ITU T.81, annex B: segments up to the first that says how large the frame is. */
	public static Optional<PictureSize> ofJpeg(byte[] octets) {
		if (!has(octets, 0, "\u00ff\u00d8\u00ff")) {
			return Optional.empty();
		}
		boolean turned = false;
		int at = 2;
		while (at + 9 < octets.length && octets[at] == (byte) 0xff) {
			int marker = octets[at + 1] & 0xff;
			int length = two(octets, at + 2);
			if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc) {
				int height = two(octets, at + 5);
				int width = two(octets, at + 7);
				return turned ? of(height, width) : of(width, height);
			}
			turned = turned || (marker == 0xe1 && isTurned(octets, at + 4, Math.min(at + 2 + length, octets.length)));
			// 0xff before a marker may be repeated.
			at += (marker == 0xff) ? 1 : 2 + Math.max(length, 2);
		}
		return Optional.empty();
	}

	/** Whether Exif says that a browser shows it on its side: orientation 5 to 8. */
	private static boolean isTurned(byte[] octets, int from, int to) {
		if (!has(octets, from, "Exif\u0000\u0000") || to - from < 16) {
			return false;
		}
		ByteBuffer tiff = ByteBuffer.wrap(octets, from + 6, to - from - 6).slice();
		tiff.order((tiff.get(0) == 'I') ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
		int directory = tiff.getInt(4);
		if (directory < 8 || directory > tiff.limit() - 2) {
			return false;
		}
		int entries = tiff.getShort(directory) & 0xffff;
		for (int i = 0, at = directory + 2; i < entries && at + 12 <= tiff.limit(); i++, at += 12) {
			if (tiff.getShort(at) == 0x0112) {
				return tiff.getShort(at + 8) >= 5 && tiff.getShort(at + 8) <= 8;
			}
		}
		return false;
	}

	private static Optional<PictureSize> of(int width, int height) {
		boolean sound = width > 0 && width <= LONGEST && height > 0 && height <= LONGEST;
		return sound ? Optional.of(new PictureSize(width, height)) : Optional.empty();
	}

	private static boolean has(byte[] octets, int at, String sign) {
		byte[] wanted = sign.getBytes(StandardCharsets.ISO_8859_1);
		return at + wanted.length <= octets.length
				&& Arrays.equals(octets, at, at + wanted.length, wanted, 0, wanted.length);
	}

	private static int two(byte[] octets, int at) {
		return ((octets[at] & 0xff) << 8) | (octets[at + 1] & 0xff);
	}

	private static int big(byte[] octets, int at) {
		return ByteBuffer.wrap(octets, at, 4).getInt();
	}

	private static int little(byte[] octets, int at, int length) {
		int value = 0;
		for (int i = length - 1; i >= 0; i--) {
			value = (value << 8) | (octets[at + i] & 0xff);
		}
		return value;
	}

}
