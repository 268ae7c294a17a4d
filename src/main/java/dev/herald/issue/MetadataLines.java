package dev.herald.issue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.herald.issue.FrontMatter.Value;

/**
 * Pelican's {@code Key: value} lines. They end at the first empty line, or before the
 * first line of another shape: what is not surely metadata stays text.
 */
final class MetadataLines {

	private static final Pattern LINE = Pattern.compile("([A-Za-z][A-Za-z0-9_-]{0,40}):(?:[ \\t]+(.*))?");

	private static final Pattern CONTINUATION = Pattern.compile("(?: {4,}|\\t)\\s*(\\S.*)");

	private MetadataLines() {
	}

	static FrontMatter read(String text, List<String> lines) {
		Map<String, Value> values = new LinkedHashMap<>();
		int end = 0;
		String last = "";
		for (; end < lines.size(); end++) {
			String line = lines.get(end);
			Matcher entry = LINE.matcher(line);
			Matcher more = CONTINUATION.matcher(line);
			if (entry.matches()) {
				last = entry.group(1).toLowerCase(Locale.ROOT);
				String value = (entry.group(2) != null) ? entry.group(2).strip() : "";
				values.put(last, new Value(value, end + 1));
			}
			else if (more.matches() && !last.isEmpty()) {
				String joined = more.group(1).strip();
				values.computeIfPresent(last,
						(key, value) -> new Value((value.text() + " " + joined).strip(), value.line()));
			}
			else {
				break;
			}
		}
		return isMetadata(values) ? FrontMatter.before(text, values, end) : FrontMatter.none(text);
	}

	/**
	 * "Note: we moved" may begin a text; a title, a slug or a date that reads may not.
	 */
	private static boolean isMetadata(Map<String, Value> values) {
		Value date = values.get("date");
		return values.containsKey("title") || values.containsKey("slug")
				|| (date != null && Dates.find(date.text()).isPresent());
	}

}
