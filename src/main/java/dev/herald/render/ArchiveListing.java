package dev.herald.render;

import java.time.LocalDate;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a newsletter's page in the archive lists.
 *
 * @param years with issues, newest first
 * @param year whose issues are shown; null where a search's are
 * @param query that was searched for; empty where nothing was
 * @param found how many issues have it
 * @param entries newest first
 * @param more where the next ones are; null where there are none
 */
public record ArchiveListing(List<Integer> years, @Nullable Integer year, String query, int found, List<Entry> entries,
		@Nullable Integer more) {

	/**
	 * @param summary one line; may be empty
	 * @param date the issue's own, or when it went out
	 */
	public record Entry(String slug, String title, String summary, LocalDate date) {
	}

}
