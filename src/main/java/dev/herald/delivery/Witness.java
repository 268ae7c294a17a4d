package dev.herald.delivery;

/**
 * What a data folder remembers of its database.
 *
 * @param token the installation's
 * @param beat the highest that was seen
 * @param copied the file is a copy: it was not written where and when it says
 */
record Witness(String token, long beat, boolean copied) {
}
