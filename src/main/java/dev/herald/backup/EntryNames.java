package dev.herald.backup;

/** The entries of the zip file, in their order. */
final class EntryNames {

	static final String HEADING = "backup.json";

	/** Only where they are kept in a file: else they are in their table. */
	static final String KEYS = "signing-keys.json";

	static final String CONTENTS = "contents.json";

	private EntryNames() {
	}

	static String table(String name) {
		return "tables/" + name + ".jsonl";
	}

}
