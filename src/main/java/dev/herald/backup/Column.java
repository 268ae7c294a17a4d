package dev.herald.backup;

/**
 * @param name in lower case, as the migrations write it
 */
record Column(String name, Kind kind) {
}
