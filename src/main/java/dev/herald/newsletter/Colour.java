package dev.herald.newsletter;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** A colour of sRGB, each part 0 to 255. Its toString is #rrggbb. */
public record Colour(int red, int green, int blue) {

	public static final Colour BLACK = new Colour(0, 0, 0);

	public static final Colour WHITE = new Colour(255, 255, 255);

	private static final Pattern HEX = Pattern.compile("#([0-9a-f]{3}|[0-9a-f]{6})");

	private static final Pattern RGB = Pattern.compile("rgb\\(\\s*(\\d{1,3})[\\s,]+(\\d{1,3})[\\s,]+(\\d{1,3})\\s*\\)");

	/** HTML's sixteen. */
	private static final Map<String, String> NAMED = Map.ofEntries(Map.entry("black", "#000000"),
			Map.entry("silver", "#c0c0c0"), Map.entry("gray", "#808080"), Map.entry("white", "#ffffff"),
			Map.entry("maroon", "#800000"), Map.entry("red", "#ff0000"), Map.entry("purple", "#800080"),
			Map.entry("fuchsia", "#ff00ff"), Map.entry("green", "#008000"), Map.entry("lime", "#00ff00"),
			Map.entry("olive", "#808000"), Map.entry("yellow", "#ffff00"), Map.entry("navy", "#000080"),
			Map.entry("blue", "#0000ff"), Map.entry("teal", "#008080"), Map.entry("aqua", "#00ffff"));

	/**
	 * @param written as CSS has it: hex, rgb(…) or one of HTML's sixteen names
	 * @return null where it can't be told, such as for inherit or one with transparency
	 */
	public static @Nullable Colour parse(String written) {
		String text = written.strip().toLowerCase(Locale.ROOT);
		String value = NAMED.getOrDefault(text, text);
		Matcher hex = HEX.matcher(value);
		if (hex.matches()) {
			String digits = hex.group(1);
			String six = (digits.length() == 3) ? digits.replaceAll("(.)", "$1$1") : digits;
			int all = Integer.parseInt(six, 16);
			return new Colour(all >> 16, (all >> 8) & 0xFF, all & 0xFF);
		}
		Matcher rgb = RGB.matcher(value);
		return rgb.matches() ? new Colour(part(rgb.group(1)), part(rgb.group(2)), part(rgb.group(3))) : null;
	}

	private static int part(String digits) {
		return Math.min(Integer.parseInt(digits), 255);
	}

	/** From 1 to 21 (WCAG 2.2, contrast ratio). */
	public double contrast(Colour other) {
		double one = luminance();
		double two = other.luminance();
		return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
	}

	/**
	 * @param percent how much of the other is in it, 0 to 100
	 */
	Colour mixed(Colour other, int percent) {
		return new Colour(mixed(this.red, other.red, percent), mixed(this.green, other.green, percent),
				mixed(this.blue, other.blue, percent));
	}

	private static int mixed(int one, int two, int percent) {
		return Math.round((one * (100 - percent) + two * percent) / 100f);
	}

	private double luminance() {
		return 0.2126 * linear(this.red) + 0.7152 * linear(this.green) + 0.0722 * linear(this.blue);
	}

	private static double linear(int part) {
		double share = part / 255.0;
		return (share <= 0.04045) ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
	}

	@Override
	public String toString() {
		return "#%02x%02x%02x".formatted(this.red, this.green, this.blue);
	}

}
