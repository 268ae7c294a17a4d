package dev.herald.web;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;

/**
 * A QR code as the outline of an SVG.
 *
 * @param size of its sides in modules, with the quiet zone of four that ISO/IEC 18004
 * asks for
 * @param path of the dark modules
 */
public record QrCode(int size, String path) {

	private static final int QUIET = 4;

	static QrCode of(String text) {
		ByteMatrix modules = encode(text);
		StringBuilder path = new StringBuilder();
		for (int y = 0; y < modules.getHeight(); y++) {
			for (int x = 0; x < modules.getWidth(); x++) {
				if (modules.get(x, y) == 1) {
					path.append('M').append(x + QUIET).append(' ').append(y + QUIET).append("h1v1h-1z");
				}
			}
		}
		return new QrCode(modules.getWidth() + 2 * QUIET, path.toString());
	}

	private static ByteMatrix encode(String text) {
		try {
			return Encoder.encode(text, ErrorCorrectionLevel.M).getMatrix();
		}
		catch (WriterException ex) {
			throw new IllegalArgumentException("Too long for a QR code", ex);
		}
	}

}
