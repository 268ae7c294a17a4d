package dev.herald.render;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which mail client knows what, as caniemail.com has tried it out: of each client and
 * platform the newest version that was looked at.
 */
final class ClientSupport {

	static final Path TABLE = Path.of("../shared/data/mail-clients/caniemail/support.tsv");

	/** QQ Mail and 163 are not in the table. */
	private static final Map<String, String> BIG = Map.ofEntries(Map.entry("outlook windows", "Outlook for Windows"),
			Map.entry("outlook outlook-com", "Outlook.com"), Map.entry("gmail desktop-webmail", "Gmail"),
			Map.entry("gmail ios", "Gmail on iOS"), Map.entry("gmail android", "Gmail on Android"),
			Map.entry("apple-mail macos", "Apple Mail"), Map.entry("apple-mail ios", "Apple Mail on iOS"),
			Map.entry("yahoo desktop-webmail", "Yahoo"), Map.entry("yahoo ios", "Yahoo on iOS"),
			Map.entry("yahoo android", "Yahoo on Android"), Map.entry("samsung-email android", "Samsung Email"),
			Map.entry("thunderbird macos", "Thunderbird"));

	/** By feature, then by client: y, n, a (partly) or u (unknown). */
	private final Map<String, Map<String, String>> support = new LinkedHashMap<>();

	static ClientSupport read() throws IOException {
		return of(Files.readAllLines(TABLE));
	}

	static ClientSupport of(List<String> lines) {
		ClientSupport table = new ClientSupport();
		for (String line : lines.subList(1, lines.size())) {
			String[] cells = line.split("\t", -1);
			String client = BIG.get(cells[3] + " " + cells[4]);
			if (client != null) {
				// The rows of a client go from old versions to new ones.
				table.support.computeIfAbsent(cells[0], (any) -> new LinkedHashMap<>()).put(client, cells[6]);
			}
		}
		return table;
	}

	boolean knows(String feature) {
		return this.support.containsKey(feature);
	}

	/** The big clients that know it not at all or partly; empty where all know it. */
	String without(String feature) {
		return this.support.getOrDefault(feature, Map.of())
			.entrySet()
			.stream()
			.filter((client) -> client.getValue().equals("n") || client.getValue().equals("a"))
			.map((client) -> client.getKey() + (client.getValue().equals("a") ? " (partly)" : ""))
			.sorted()
			.collect(Collectors.joining(", "));
	}

}
