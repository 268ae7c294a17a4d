package dev.herald.backup;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import dev.herald.digest.Sha256;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes a backup from its beginning to its end, and holds a row at a time. */
final class BackupWriter implements AutoCloseable {

	private final ZipOutputStream zip;

	private final BackupProgress progress;

	private final List<Contents.Entry> entries = new ArrayList<>();

	BackupWriter(OutputStream out, BackupProgress progress) {
		this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
		this.progress = progress;
	}

	void heading(Heading heading) throws IOException, SQLException {
		entry(EntryNames.HEADING, (json) -> {
			json.writePOJO(heading);
			return 0;
		});
	}

	void keys(Map<Integer, byte[]> keys) throws IOException, SQLException {
		entry(EntryNames.KEYS, (json) -> {
			json.writePOJO(keys);
			return 0;
		});
	}

	/**
	 * @param next as in {@link TableHeading}
	 */
	void table(Table table, long next, TableReader rows) throws IOException, SQLException {
		this.progress.table(table.name());
		entry(EntryNames.table(table.name()), (json) -> {
			json.writePOJO(new TableHeading(table.name(), table.columns(), next));
			long[] count = new long[1];
			rows.forEach((row) -> {
				write(table, row, json);
				count[0]++;
				this.progress.row();
			});
			return count[0];
		});
	}

	private static void write(Table table, @Nullable Object[] row, JsonGenerator json) {
		json.writeStartArray();
		for (int i = 0; i < row.length; i++) {
			Object value = row[i];
			if (value == null) {
				json.writeNull();
			}
			else {
				table.columns().get(i).kind().write(value, json);
			}
		}
		json.writeEndArray();
	}

	/** Without it nobody takes the file for a whole one. */
	void end() throws IOException, SQLException {
		Contents contents = new Contents(this.entries);
		entry(EntryNames.CONTENTS, (json) -> {
			json.writePOJO(contents);
			return 0;
		});
		this.zip.finish();
	}

	long rows() {
		return this.entries.stream().mapToLong(Contents.Entry::rows).sum();
	}

	private void entry(String name, Content content) throws IOException, SQLException {
		this.zip.putNextEntry(new ZipEntry(name));
		MessageDigest sha256 = Sha256.begin();
		long rows;
		try (JsonGenerator json = Json.MAPPER.createGenerator(new LeftOpen(new DigestOutputStream(this.zip, sha256)))) {
			rows = content.write(json);
		}
		this.zip.closeEntry();
		this.entries.add(new Contents.Entry(name, rows, HexFormat.of().formatHex(sha256.digest())));
	}

	@Override
	public void close() throws IOException {
		this.zip.close();
	}

	private interface Content {

		/**
		 * @return how many rows it has
		 */
		long write(JsonGenerator json) throws IOException, SQLException;

	}

	/** The end of an entry is not the end of the file. */
	private static final class LeftOpen extends FilterOutputStream {

		LeftOpen(OutputStream out) {
			super(out);
		}

		@Override
		public void write(byte[] octets, int from, int length) throws IOException {
			this.out.write(octets, from, length);
		}

		@Override
		public void flush() {
			// Its owner does.
		}

		@Override
		public void close() {
			// Its owner does.
		}

	}

}
