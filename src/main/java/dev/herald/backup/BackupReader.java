package dev.herald.backup;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

import dev.herald.digest.Sha256;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.type.TypeReference;

/**
 * Reads a backup from its beginning to its end, and holds a row at a time. Nothing is
 * unpacked into files. What it has handed over is whole only when it returns without an
 * exception.
 */
final class BackupReader {

	private static final Pattern TABLE = Pattern.compile("tables/([a-z][a-z0-9_]{0,63})\\.jsonl");

	private static final TypeReference<Map<Integer, byte[]>> KEYS = new TypeReference<>() {
	};

	private final ZipInputStream zip;

	private final Visitor visitor;

	private final List<Contents.Entry> entries = new ArrayList<>();

	private final Set<String> seen = new HashSet<>();

	private boolean ended;

	private BackupReader(ZipInputStream zip, Visitor visitor) {
		this.zip = zip;
		this.visitor = visitor;
	}

	/**
	 * @throws DamagedException where it is no backup, or not a whole one
	 */
	static void read(InputStream in, Visitor visitor) throws IOException, SQLException {
		try (ZipInputStream zip = new ZipInputStream(in, StandardCharsets.UTF_8)) {
			new BackupReader(zip, visitor).all();
			// What follows is the zip's own directory; of a sealed file it may be forged.
			in.transferTo(OutputStream.nullOutputStream());
		}
		catch (JacksonIOException ex) {
			throw asDamage(Objects.requireNonNullElseGet(ex.getCause(), () -> new IOException(ex)));
		}
		catch (JacksonException ex) {
			throw new DamagedException("what is in it is not the JSON of a backup, or a row of it is too long");
		}
		catch (ZipException | EOFException ex) {
			throw asDamage(ex);
		}
		catch (IllegalArgumentException ex) {
			// The JDK's, for a name of an entry that is no UTF-8.
			throw new DamagedException("it has an entry without a name");
		}
	}

	private static IOException asDamage(IOException ex) {
		if (ex instanceof EOFException) {
			return new DamagedException("it breaks off");
		}
		return (ex instanceof ZipException) ? new DamagedException("its zip format is broken") : ex;
	}

	private void all() throws IOException, SQLException {
		for (ZipEntry entry = this.zip.getNextEntry(); entry != null; entry = this.zip.getNextEntry()) {
			entry(entry.getName());
			this.zip.closeEntry();
		}
		if (this.seen.isEmpty()) {
			throw new DamagedException("it does not begin as one");
		}
		if (!this.ended) {
			throw new DamagedException("it breaks off");
		}
	}

	private void entry(String name) throws IOException, SQLException {
		if (this.seen.isEmpty() && !name.equals(EntryNames.HEADING)) {
			throw new DamagedException("it does not begin as one");
		}
		if (this.ended || !this.seen.add(name)) {
			throw new DamagedException("it has an entry that is too much");
		}
		MessageDigest sha256 = Sha256.begin();
		RowLimit in = new RowLimit(new DigestInputStream(this.zip, sha256));
		long rows;
		try (JsonParser json = Json.MAPPER.createParser(in)) {
			rows = content(name, in, json);
		}
		in.transferTo(OutputStream.nullOutputStream());
		if (!this.ended) {
			this.entries.add(new Contents.Entry(name, rows, HexFormat.of().formatHex(sha256.digest())));
		}
	}

	private long content(String name, RowLimit in, JsonParser json) throws IOException, SQLException {
		Matcher table = TABLE.matcher(name);
		if (table.matches()) {
			return table(table.group(1), in, json);
		}
		switch (name) {
			case EntryNames.HEADING -> this.visitor.heading(Json.MAPPER.readValue(json, Heading.class));
			case EntryNames.KEYS -> this.visitor.keys(Json.MAPPER.readValue(json, KEYS));
			case EntryNames.CONTENTS -> compare(Json.MAPPER.readValue(json, Contents.class));
			default -> throw new DamagedException("it has an entry that no backup has");
		}
		return 0;
	}

	private long table(String name, RowLimit in, JsonParser json) throws IOException, SQLException {
		TableHeading heading = Json.MAPPER.readValue(json, TableHeading.class);
		if (!heading.table().equals(name) || heading.next() < 0) {
			throw new DamagedException("the table %s has the heading of another".formatted(name));
		}
		Rows rows = new Rows(heading.columns(), in, json);
		this.visitor.table(heading, rows);
		return rows.count;
	}

	private void compare(Contents contents) throws DamagedException {
		if (!contents.entries().equals(this.entries)) {
			throw new DamagedException("what is in it is not what was put in: a checksum or a number of rows differs");
		}
		this.ended = true;
	}

	/** Who is handed a backup, in the order in which it was written. */
	interface Visitor {

		void heading(Heading heading) throws IOException;

		/** All rows have to be taken. */
		void table(TableHeading heading, Rows rows) throws IOException, SQLException;

		/** By id; only where they were kept in a file. */
		void keys(Map<Integer, byte[]> keys);

	}

	/** The rows of a table, one after the other. */
	static final class Rows {

		private final List<Column> columns;

		private final RowLimit in;

		private final JsonParser json;

		private long count;

		private Rows(List<Column> columns, RowLimit in, JsonParser json) {
			this.columns = columns;
			this.in = in;
			this.json = json;
		}

		/** Null after the last. */
		@Nullable Object @Nullable [] next() throws IOException {
			this.in.rowBegins();
			JsonToken token = this.json.nextToken();
			if (token == null) {
				return null;
			}
			require(token == JsonToken.START_ARRAY);
			@Nullable Object[] row = new @Nullable Object[this.columns.size()];
			for (int i = 0; i < row.length; i++) {
				JsonToken value = this.json.nextToken();
				row[i] = (value == JsonToken.VALUE_NULL) ? null : this.columns.get(i).kind().parse(this.json);
			}
			require(this.json.nextToken() == JsonToken.END_ARRAY);
			this.count++;
			return row;
		}

		private static void require(boolean asItShouldBe) throws DamagedException {
			if (!asItShouldBe) {
				throw new DamagedException("a row has not the columns of its table");
			}
		}

	}

}
