package dev.herald.web;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A picture in its 256 most frequent colours: a third of the octets, and text looks the
 * same.
 */
final class FewColours {

	private static final int COLOURS = 256;

	private FewColours() {
	}

	static BufferedImage of(BufferedImage picture) {
		int[] pixels = picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
		int[] palette = palette(pixels);
		byte[] red = new byte[palette.length];
		byte[] green = new byte[palette.length];
		byte[] blue = new byte[palette.length];
		for (int i = 0; i < palette.length; i++) {
			red[i] = (byte) (palette[i] >> 16);
			green[i] = (byte) (palette[i] >> 8);
			blue[i] = (byte) palette[i];
		}
		BufferedImage few = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_BYTE_INDEXED,
				new IndexColorModel(8, palette.length, red, green, blue));
		Map<Integer, Integer> nearest = new HashMap<>();
		int[] indexes = new int[pixels.length];
		for (int i = 0; i < pixels.length; i++) {
			indexes[i] = nearest.computeIfAbsent(pixels[i], (pixel) -> nearest(pixel, palette));
		}
		few.getRaster().setPixels(0, 0, picture.getWidth(), picture.getHeight(), indexes);
		return few;
	}

	private static int[] palette(int[] pixels) {
		Map<Integer, Integer> counts = new HashMap<>();
		for (int pixel : pixels) {
			counts.merge(pixel, 1, Integer::sum);
		}
		List<Map.Entry<Integer, Integer>> frequent = counts.entrySet()
			.stream()
			.sorted(Map.Entry.<Integer, Integer>comparingByValue(Comparator.reverseOrder())
				.thenComparing(Map.Entry.comparingByKey()))
			.limit(COLOURS)
			.toList();
		return frequent.stream().mapToInt(Map.Entry::getKey).toArray();
	}

	private static int nearest(int pixel, int[] palette) {
		int best = 0;
		for (int i = 1; i < palette.length; i++) {
			if (distance(pixel, palette[i]) < distance(pixel, palette[best])) {
				best = i;
			}
		}
		return best;
	}

	private static int distance(int one, int other) {
		int red = (one >> 16 & 0xff) - (other >> 16 & 0xff);
		int green = (one >> 8 & 0xff) - (other >> 8 & 0xff);
		int blue = (one & 0xff) - (other & 0xff);
		return red * red + green * green + blue * blue;
	}

}
