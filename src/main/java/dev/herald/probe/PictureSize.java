package dev.herald.probe;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

import dev.herald.probe.Answer.Size;
import org.jspecify.annotations.Nullable;

/** Reads width and height from the first octets of PNG, JPEG, GIF and WebP. */
final class PictureSize {

	private static final long PNG = 0x89504E470D0A1A0AL;

	/** Exif 2.3, 4.6.4: how it is turned; from 5 on its sides are exchanged. */
	private static final int ORIENTATION = 0x0112;

	private PictureSize() {
	}

	/**
	 * @return null for other formats, broken ones, and where the size stands further
	 * behind
	 */
	static @Nullable Size of(byte[] begin) {
		ByteBuffer in = ByteBuffer.wrap(begin);
		try {
			Size size = read(in);
			return (size != null && size.width() > 0 && size.height() > 0) ? size : null;
		}
		catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException ex) {
			return null;
		}
	}

	private static @Nullable Size read(ByteBuffer in) {
		if (in.getLong(0) == PNG) {
			return new Size(in.getInt(16), in.getInt(20));
		}
		if (is(in, 0, "GIF87a") || is(in, 0, "GIF89a")) {
			in.order(ByteOrder.LITTLE_ENDIAN);
			return new Size(in.getShort(6) & 0xFFFF, in.getShort(8) & 0xFFFF);
		}
		if (is(in, 0, "RIFF") && is(in, 8, "WEBP")) {
			return webp(in.order(ByteOrder.LITTLE_ENDIAN));
		}
		return ((in.getShort(0) & 0xFFFF) == 0xFFD8) ? jpeg(in) : null;
	}

	private static boolean is(ByteBuffer in, int at, String text) {
		byte[] expected = text.getBytes(StandardCharsets.US_ASCII);
		for (int i = 0; i < expected.length; i++) {
			if (in.get(at + i) != expected[i]) {
				return false;
			}
		}
		return true;
	}

	/** RFC 9649: lossy, lossless and extended. */
	private static @Nullable Size webp(ByteBuffer in) {
		if (is(in, 12, "VP8X")) {
			return new Size((in.getInt(24) & 0xFFFFFF) + 1, (in.getInt(26) >>> 8) + 1);
		}
		if (is(in, 12, "VP8L")) {
			int bits = in.getInt(21);
			return new Size((bits & 0x3FFF) + 1, ((bits >>> 14) & 0x3FFF) + 1);
		}
		return is(in, 12, "VP8 ") ? new Size(in.getShort(26) & 0x3FFF, in.getShort(28) & 0x3FFF) : null;
	}

	/** ITU T.81: segments up to the frame header, SOF0 to SOF15. */
	private static @Nullable Size jpeg(ByteBuffer in) {
		boolean turned = false;
		for (int at = 2; in.get(at) == (byte) 0xFF;) {
			int marker = in.get(at + 1) & 0xFF;
			int length = in.getShort(at + 2) & 0xFFFF;
			if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC) {
				int height = in.getShort(at + 5) & 0xFFFF;
				int width = in.getShort(at + 7) & 0xFFFF;
				return turned ? new Size(height, width) : new Size(width, height);
			}
			turned |= marker == 0xE1 && is(in, at + 4, "Exif") && isTurned(in, at + 10);
			// 0xFF fills up; any other marker has a length.
			at += (marker == 0xFF) ? 1 : 2 + length;
		}
		return null;
	}

	private static boolean isTurned(ByteBuffer in, int start) {
		ByteBuffer tiff = in.duplicate().order(is(in, start, "II") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
		int directory = start + tiff.getInt(start + 4);
		int entries = tiff.getShort(directory) & 0xFFFF;
		for (int entry = directory + 2; entry < directory + 2 + 12 * entries; entry += 12) {
			if ((tiff.getShort(entry) & 0xFFFF) == ORIENTATION) {
				return tiff.getShort(entry + 8) >= 5;
			}
		}
		return false;
	}

}
