package dev.herald.render;

/**
 * What an issue says, for what shows it in a frame of its own: feeds, lists, a search.
 *
 * @param summary one line; may be empty
 * @param html its text; every address in it is whole
 * @param text the same without any mark-up
 */
public record ArchiveContent(String title, String summary, String html, String text) {
}
