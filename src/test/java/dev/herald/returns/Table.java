package dev.herald.returns;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the tab-separated tables that come with the real mails. */
final class Table {

	private Table() {
	}

	static List<Map<String, String>> read(Path file) throws IOException {
		List<String> lines = Files.readAllLines(file);
		String[] names = lines.get(0).split("\t", -1);
		List<Map<String, String>> rows = new ArrayList<>();
		for (String line : lines.subList(1, lines.size())) {
			String[] cells = line.split("\t", -1);
			Map<String, String> row = new HashMap<>();
			for (int i = 0; i < Math.min(names.length, cells.length); i++) {
				row.put(names[i], cells[i]);
			}
			rows.add(row);
		}
		return rows;
	}

	static String cell(Map<String, String> row, String column) {
		return row.getOrDefault(column, "");
	}

}
