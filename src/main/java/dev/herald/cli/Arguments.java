package dev.herald.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What was typed after {@code java -jar herald.jar}: Spring's properties, which have a
 * dot in their name and may stand anywhere, and the rest.
 */
public record Arguments(List<String> properties, List<String> words) {

	private static final Pattern PROPERTY = Pattern.compile("--[\\w-]+(?:\\[[^]]*])?\\.[^=]*(?:=.*)?", Pattern.DOTALL);

	public static Arguments of(String... args) {
		List<String> properties = new ArrayList<>();
		List<String> words = new ArrayList<>();
		for (String arg : args) {
			(PROPERTY.matcher(arg).matches() ? properties : words).add(arg);
		}
		return new Arguments(List.copyOf(properties), List.copyOf(words));
	}

	/** Whether the server is meant. */
	public boolean serve() {
		return this.words.isEmpty() || this.words.equals(List.of("serve"));
	}

	public String[] propertyArray() {
		return this.properties.toArray(String[]::new);
	}

}
