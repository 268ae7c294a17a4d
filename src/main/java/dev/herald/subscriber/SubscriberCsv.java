package dev.herald.subscriber;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import dev.herald.address.EmailAddress;
import dev.herald.address.InvalidAddressException;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import dev.herald.subscriber.ImportResult.Rejection;

/**
 * A file of subscribers whose encoding and header are checked. Can be read several times;
 * holds one row in memory.
 */
final class SubscriberCsv {

	private static final Set<String> EMAIL_NAMES = Set.of("email", "e-mail", "address");

	private static final Set<String> NAME_NAMES = Set.of("name");

	private static final Set<String> ZONE_NAMES = Set.of("zone", "timezone", "time_zone", "time zone");

	private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

	/** The comma first; spreadsheets in many countries write semicolons. */
	private static final char[] SEPARATORS = { ',', ';', '\t' };

	/** Longest cell and row, in characters: what a quote left open may swallow. */
	private static final int MAX_CELL = 20_000;

	private static final int MAX_ROW = 100_000;

	private static final int MAX_NAME = 200;

	private static final Pattern LINE_BREAK = Pattern.compile("[\\r\\n]");

	private static final Pattern CONTROL = Pattern
		.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cn}\\p{Cs}\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}]");

	private final Path file;

	private final char separator;

	private final List<String> header;

	private final int emailIndex;

	private final int nameIndex;

	private final int zoneIndex;

	private SubscriberCsv(Path file, char separator, List<String> header) {
		this.file = file;
		this.separator = separator;
		this.header = header;
		this.emailIndex = indexOf(header, EMAIL_NAMES);
		this.nameIndex = indexOf(header, NAME_NAMES);
		this.zoneIndex = indexOf(header, ZONE_NAMES);
	}

	/**
	 * @throws Problem when it can't be read, is not UTF-8 or has no header with email
	 */
	static SubscriberCsv open(Path file) {
		try {
			Utf8Check.check(file);
			for (char separator : SEPARATORS) {
				SubscriberCsv csv = new SubscriberCsv(file, separator, firstRow(file, separator));
				if (csv.emailIndex >= 0) {
					return csv.checked();
				}
			}
			throw noEmailColumn(file, firstRow(file, ','));
		}
		catch (NoSuchFileException ex) {
			throw new Problem(Problem.Kind.USAGE, Sentence.of("subscriber.no-file", file.toString()), ex);
		}
		catch (IOException ex) {
			Object why = Files.isDirectory(file) ? Sentence.of("subscriber.folder") : String.valueOf(ex.getMessage());
			throw new Problem(Problem.Kind.USAGE, Sentence.of("subscriber.unreadable", file.toString(), why), ex);
		}
	}

	private static List<String> firstRow(Path file, char separator) throws IOException {
		try (CsvReader<CsvRecord> reader = reader(file, separator)) {
			var rows = reader.iterator();
			return rows.hasNext() ? rows.next().getFields().stream().map(String::strip).toList() : List.of();
		}
		catch (CsvParseException ex) {
			throw broken(file, ex);
		}
	}

	private static CsvReader<CsvRecord> reader(Path file, char separator) throws IOException {
		return CsvReader.builder()
			.fieldSeparator(separator)
			.allowExtraFields(true)
			.allowMissingFields(true)
			.trimWhitespacesAroundQuotes(true)
			.build(CsvRecordHandler.of((limits) -> limits.maxFieldSize(MAX_CELL).maxRecordSize(MAX_ROW)),
					withoutBom(Files.newBufferedReader(file)));
	}

	private static Reader withoutBom(Reader reader) throws IOException {
		reader.mark(1);
		if (reader.read() != '\ufeff') {
			reader.reset();
		}
		return reader;
	}

	private static Problem noEmailColumn(Path file, List<String> found) {
		if (found.stream().allMatch(String::isEmpty)) {
			return Problem.work(Sentence.of("subscriber.empty", file.toString()));
		}
		if (found.stream().anyMatch((cell) -> cell.contains("@"))) {
			return Problem.work(Sentence.of("subscriber.no-header", file.toString()));
		}
		String names = CONTROL.matcher(String.join(", ", found)).replaceAll("?");
		return Problem.work(Sentence.of("subscriber.no-email", file.toString(),
				(names.length() <= 200) ? names : names.substring(0, 200) + "…"));
	}

	private static Problem broken(Path file, CsvParseException ex) {
		Throwable root = ex;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		String where = ex.getMessage() + ((root != ex) ? " (" + root.getMessage() + ")" : "");
		return new Problem(Problem.Kind.WORK, Sentence.of("subscriber.no-csv", file.toString(), where), ex);
	}

	private static int indexOf(List<String> header, Set<String> names) {
		for (int i = 0; i < header.size(); i++) {
			if (names.contains(header.get(i).toLowerCase(Locale.ROOT))) {
				return i;
			}
		}
		return -1;
	}

	private SubscriberCsv checked() {
		for (Set<String> names : List.of(EMAIL_NAMES, NAME_NAMES, ZONE_NAMES)) {
			List<String> same = this.header.stream()
				.filter((cell) -> names.contains(cell.toLowerCase(Locale.ROOT)))
				.toList();
			if (same.size() > 1) {
				throw Problem.work(Sentence.of(
						(names == EMAIL_NAMES) ? "subscriber.two-addresses"
								: (names == NAME_NAMES) ? "subscriber.two-names" : "subscriber.two-zones",
						this.file.toString(), String.join(", ", same)));
			}
		}
		return this;
	}

	List<String> header() {
		return this.header;
	}

	List<String> ignoredColumns() {
		List<String> ignored = new ArrayList<>();
		for (int i = 0; i < this.header.size(); i++) {
			if (i != this.emailIndex && i != this.nameIndex && i != this.zoneIndex && !this.header.get(i).isEmpty()) {
				ignored.add(CONTROL.matcher(this.header.get(i)).replaceAll("?"));
			}
		}
		return ignored;
	}

	/** Hands over every row below the header that is not blank, in order. */
	void read(Consumer<CsvRow> action) {
		try (CsvReader<CsvRecord> reader = reader(this.file, this.separator)) {
			boolean first = true;
			for (CsvRecord row : reader) {
				if (!first && !row.getFields().stream().allMatch(String::isBlank)) {
					action.accept(check(row));
				}
				first = false;
			}
		}
		catch (CsvParseException ex) {
			throw broken(this.file, ex);
		}
		catch (IOException ex) {
			throw new Problem(Problem.Kind.WORK,
					Sentence.of("subscriber.unreadable", this.file.toString(), String.valueOf(ex.getMessage())), ex);
		}
	}

	private CsvRow check(CsvRecord row) {
		List<String> fields = row.getFields();
		for (int i = this.header.size(); i < fields.size(); i++) {
			if (!fields.get(i).isBlank()) {
				return bad(row, "", Sentence.of("subscriber.row.fields", fields.size(), this.header.size(),
						String.valueOf(this.separator)));
			}
		}
		for (int i = 0; i < fields.size(); i++) {
			// A quote left open takes the next rows for text, addresses and all.
			boolean known = i == this.emailIndex || i == this.nameIndex || i == this.zoneIndex;
			if (LINE_BREAK.matcher(fields.get(i).strip()).find() && (known || fields.get(i).contains("@"))) {
				return bad(row, this.header.get(i), Sentence.of("subscriber.row.lines"));
			}
		}
		return checkValues(row);
	}

	private CsvRow checkValues(CsvRecord row) {
		String name = SpreadsheetCell.read(field(row, this.nameIndex).strip());
		if (CONTROL.matcher(name).find()) {
			return bad(row, this.header.get(this.nameIndex), Sentence.of("subscriber.row.name"));
		}
		if (name.length() > MAX_NAME) {
			return bad(row, this.header.get(this.nameIndex), Sentence.of("subscriber.row.long-name", MAX_NAME));
		}
		String zone = field(row, this.zoneIndex).strip();
		if (!zone.isEmpty() && !ZONES.contains(zone)) {
			return bad(row, this.header.get(this.zoneIndex), Sentence.of("subscriber.row.zone"));
		}
		try {
			String address = SpreadsheetCell.read(field(row, this.emailIndex));
			return new CsvRow.Good(EmailAddress.parse(address), name, zone);
		}
		catch (InvalidAddressException ex) {
			return bad(row, this.header.get(this.emailIndex), ex.sentence());
		}
	}

	private static String field(CsvRecord row, int index) {
		return (index >= 0 && index < row.getFieldCount()) ? row.getField(index) : "";
	}

	private static CsvRow bad(CsvRecord row, String column, Sentence reason) {
		return new CsvRow.Bad(new Rejection(row.getStartingLineNumber(), column, reason), row.getFields());
	}

}
