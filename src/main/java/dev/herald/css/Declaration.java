package dev.herald.css;

import java.util.Locale;

/**
 * A property and its value.
 *
 * @param property in lower case, but for a variable's name, which has capitals that count
 */
public record Declaration(String property, String value, boolean important) {

	static Declaration of(String name, String value, boolean important) {
		return new Declaration(name.startsWith("--") ? name : name.toLowerCase(Locale.ROOT), value, important);
	}

	@Override
	public String toString() {
		return this.property + ":" + this.value + (this.important ? "!important" : "");
	}

}
