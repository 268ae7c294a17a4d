package dev.herald.returns;

/**
 * A report and the two headers that may name its delivery.
 *
 * @param header of the report itself
 * @param original of the mail that it is about; without fields where it was not returned
 */
public record ReadReport(Report report, HeaderFields header, HeaderFields original) {
}
