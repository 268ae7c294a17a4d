package dev.herald.web;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

import org.jspecify.annotations.Nullable;

import dev.herald.problem.Problem;
import dev.herald.subscriber.Everyone;
import dev.herald.subscriber.ListLook;
import dev.herald.subscriber.Mapping;
import dev.herald.subscriber.Preset;

/**
 * How somebody wants an uploaded list to be read.
 *
 * @param charset null: as found, likewise separator and preset
 * @param fields what each column holds; empty where Herald's own mapping is wanted
 * @param everyone null: as the list says
 */
public record ListChoice(@Nullable Charset charset, @Nullable Character separator, @Nullable Preset preset,
		List<String> fields, @Nullable Everyone everyone) {

	static final ListChoice AS_FOUND = new ListChoice(null, null, null, List.of(), null);

	/** Columns of one list that a form shows; each is a field of it. */
	static final int MAX_COLUMNS = 200;

	private static final String TAB = "tab";

	/**
	 * From a form; what it can't mean is as found.
	 */
	static ListChoice of(String charset, String separator, String preset, List<String> fields, String everyone) {
		return new ListChoice(charset(charset), separator(separator), named(Preset.class, preset), fields,
				named(Everyone.class, everyone));
	}

	private static @Nullable Charset charset(String name) {
		try {
			return name.isBlank() ? null : Charset.forName(name);
		}
		catch (IllegalCharsetNameException | UnsupportedCharsetException ex) {
			return null;
		}
	}

	private static @Nullable Character separator(String text) {
		if (text.equals(TAB)) {
			return '\t';
		}
		return (text.length() == 1 && ",;|".contains(text)) ? text.charAt(0) : null;
	}

	private static <E extends Enum<E>> @Nullable E named(Class<E> type, String name) {
		return Arrays.stream(type.getEnumConstants())
			.filter((each) -> each.name().equals(name))
			.findFirst()
			.orElse(null);
	}

	public String charsetName() {
		return (this.charset != null) ? this.charset.name() : "";
	}

	public String separatorName() {
		return (this.separator == null) ? "" : (this.separator == '\t') ? TAB : String.valueOf(this.separator);
	}

	public String presetName() {
		return (this.preset != null) ? this.preset.name() : "";
	}

	/**
	 * As far as the fields fit the columns: read with another separator, a list has
	 * others.
	 */
	Mapping mapping(ListLook look) {
		List<Mapping.Target> targets = new ArrayList<>(look.mapping().targets());
		int shown = Math.min(targets.size(), MAX_COLUMNS);
		if (this.fields.size() == shown) {
			for (int i = 0; i < shown; i++) {
				targets.set(i, target(this.fields.get(i), look.header().get(i)).orElse(targets.get(i)));
			}
		}
		return new Mapping(targets);
	}

	private static Optional<Mapping.Target> target(String text, String column) {
		try {
			return Optional.of(Mapping.Target.parse(text, column));
		}
		catch (Problem ex) {
			return Optional.empty();
		}
	}

	Everyone everyone(ListLook look) {
		return (this.everyone != null) ? this.everyone : look.everyone();
	}

	static ListChoice read(Properties properties) {
		List<String> fields = new ArrayList<>();
		for (int i = 0; properties.containsKey("field." + i); i++) {
			fields.add(properties.getProperty("field." + i));
		}
		return of(properties.getProperty("charset", ""), properties.getProperty("separator", ""),
				properties.getProperty("preset", ""), fields, properties.getProperty("everyone", ""));
	}

	void write(Properties properties) {
		properties.keySet().removeIf((key) -> key.toString().startsWith("field."));
		properties.setProperty("charset", charsetName());
		properties.setProperty("separator", separatorName());
		properties.setProperty("preset", presetName());
		properties.setProperty("everyone", (this.everyone != null) ? this.everyone.name() : "");
		for (int i = 0; i < this.fields.size(); i++) {
			properties.setProperty("field." + i, this.fields.get(i));
		}
	}

}
