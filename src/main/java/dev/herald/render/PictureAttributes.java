package dev.herald.render;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.herald.picture.PictureSize;
import org.jsoup.nodes.Element;

/**
 * The width and height of a picture, as attributes: Outlook for Windows reads those
 * alone, and shows a picture wider than its column at its full width. Stateless.
 */
final class PictureAttributes {

	private static final Pattern PIXELS = Pattern.compile("\\s*(\\d{1,5})(?:\\.\\d{0,9})?\\s*(?:px)?\\s*");

	private static final Pattern PERCENT = Pattern.compile("\\s*\\d{1,3}\\s*%\\s*");

	private PictureAttributes() {
	}

	/**
	 * @param own the picture's size where it is known
	 * @param column its width in pixels
	 */
	static void settle(Element picture, Optional<PictureSize> own, int column) {
		if (PERCENT.matcher(picture.attr("width")).matches()) {
			picture.attr("width", picture.attr("width").strip());
			picture.removeAttr("height");
			return;
		}
		int width = pixels(picture.attr("width"));
		int height = pixels(picture.attr("height"));
		if (own.isPresent() && (width == 0 || height == 0)) {
			PictureSize size = own.get();
			double share = (width > 0) ? (double) width / size.width()
					: (height > 0) ? (double) height / size.height() : 1;
			width = Math.max(1, (int) Math.round(size.width() * share));
			height = Math.max(1, (int) Math.round(size.height() * share));
		}
		if (width > column) {
			height = (int) Math.round((double) height * column / width);
			width = column;
		}
		set(picture, "width", width);
		set(picture, "height", height);
	}

	/** 0 where it says nothing that counts. */
	private static int pixels(String attribute) {
		Matcher written = PIXELS.matcher(attribute);
		return written.matches() ? Integer.parseInt(written.group(1)) : 0;
	}

	private static void set(Element picture, String name, int pixels) {
		if (pixels > 0) {
			picture.attr(name, String.valueOf(pixels));
		}
		else {
			picture.removeAttr(name);
		}
	}

}
