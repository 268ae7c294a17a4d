package dev.herald.issue;

import java.time.LocalDate;

import org.jspecify.annotations.Nullable;

/**
 * One published edition of a newsletter.
 *
 * @param slug unique within the newsletter
 * @param versionId its current version
 */
public record Issue(int id, int newsletterId, String slug, String title, @Nullable LocalDate date, int versionId) {
}
