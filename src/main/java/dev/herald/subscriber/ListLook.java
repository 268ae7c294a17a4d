package dev.herald.subscriber;

import java.util.List;

/**
 * What Herald found in a list before anything of it is imported, for a person to mend.
 *
 * @param sample its first rows
 * @param mapping as Herald takes the columns
 */
public record ListLook(Dialect dialect, Preset preset, List<String> header, List<List<String>> sample, Mapping mapping,
		Everyone everyone) {
}
