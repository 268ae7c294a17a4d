package dev.herald.render;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.herald.css.Declaration;

/**
 * Says left and right for start and end, and top and bottom likewise: the direction of
 * each element of a mail is known when it is rendered. Stateless.
 */
final class PhysicalSides {

	private static final Pattern LOGICAL = Pattern
		.compile("(margin|padding|border)-(inline|block)-(start|end)(-width|-style|-color)?");

	private PhysicalSides() {
	}

	static Declaration of(Declaration written, boolean rightToLeft) {
		if (written.property().equals("text-align") && written.value().matches("start|end")) {
			return new Declaration("text-align", inline(written.value(), rightToLeft), written.important());
		}
		Matcher logical = LOGICAL.matcher(written.property());
		if (!logical.matches()) {
			return written;
		}
		String side = logical.group(2).equals("inline") ? inline(logical.group(3), rightToLeft)
				: logical.group(3).equals("start") ? "top" : "bottom";
		String detail = (logical.group(4) != null) ? logical.group(4) : "";
		return new Declaration(logical.group(1) + "-" + side + detail, written.value(), written.important());
	}

	private static String inline(String side, boolean rightToLeft) {
		return side.equals("start") == rightToLeft ? "right" : "left";
	}

}
