package dev.herald.subscriber;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import de.siegmar.fastcsv.reader.CsvParseException;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import org.jspecify.annotations.Nullable;

/**
 * A file of subscribers whose dialect and header are known. Can be read several times;
 * immutable.
 *
 * @param header of JSON Lines: every name that any line has
 */
record ListFile(Path path, Dialect dialect, List<String> header) {

	/** The comma first; spreadsheets in many countries write semicolons. */
	private static final char[] SEPARATORS = { ',', ';', '\t', '|' };

	private static final char[] QUOTES = { '"', '\'' };

	private static final Pattern UNSEEN = Pattern
		.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cn}\\p{Cs}\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}]");

	private static final int SAMPLE_ROWS = 5;

	/**
	 * Finds the dialect.
	 * @param charset null to find it
	 * @param separator null to find it
	 * @throws Problem when it can't be read or is empty
	 */
	static ListFile open(Path path, @Nullable Charset charset, @Nullable Character separator) {
		try {
			Charset found = (charset != null) ? charset : ListCharset.find(path);
			if (charset != null) {
				ListCharset.require(path, charset);
			}
			ListFile list = isJson(path, found) ? json(path, found) : csv(path, found, separator);
			if (list.header.stream().allMatch(String::isEmpty)) {
				throw Problem.work(Sentence.of("subscriber.empty", path.toString()));
			}
			return list;
		}
		catch (NoSuchFileException ex) {
			throw new Problem(Problem.Kind.USAGE, Sentence.of("subscriber.no-file", path.toString()), ex);
		}
		catch (IOException ex) {
			throw unreadable(path, ex);
		}
	}

	private static Problem unreadable(Path path, IOException ex) {
		Object why = Files.isDirectory(path) ? Sentence.of("subscriber.folder") : String.valueOf(ex.getMessage());
		return new Problem(Problem.Kind.USAGE, Sentence.of("subscriber.unreadable", path.toString(), why), ex);
	}

	private static boolean isJson(Path path, Charset charset) throws IOException {
		try (Reader reader = reader(path, charset)) {
			int c = reader.read();
			while (c >= 0 && Character.isWhitespace(c)) {
				c = reader.read();
			}
			return c == '{';
		}
	}

	private static ListFile json(Path path, Charset charset) throws IOException {
		Dialect dialect = new Dialect(Dialect.Kind.JSON_LINES, charset, ',', '"');
		return new ListFile(path, dialect, JsonLinesCursor.names(path, charset));
	}

	/**
	 * The one under which a column for the address is found, or else the most columns.
	 */
	private static ListFile csv(Path path, Charset charset, @Nullable Character separator) throws IOException {
		ListFile best = null;
		CsvParseException broken = null;
		for (char quote : QUOTES) {
			for (char candidate : (separator != null) ? new char[] { separator } : separators(path, charset)) {
				try {
					ListFile list = csv(path, new Dialect(Dialect.Kind.CSV, charset, candidate, quote));
					if (Headers.hasAddress(list.header)) {
						return list;
					}
					if (best == null || list.header.size() > best.header.size()) {
						best = list;
					}
				}
				catch (CsvParseException ex) {
					broken = (broken != null) ? broken : ex;
				}
			}
		}
		if (best == null) {
			throw broken(path, (broken != null) ? broken : new CsvParseException("no rows"));
		}
		return best;
	}

	/** Excel reads, and people write, a first line {@code sep=;}. */
	private static char[] separators(Path path, Charset charset) throws IOException {
		try (BufferedReader reader = reader(path, charset)) {
			char[] first = new char[5];
			int length = reader.read(first);
			return (length == 5 && isSeparatorLine(new String(first))) ? new char[] { first[4] } : SEPARATORS;
		}
	}

	static boolean isSeparatorLine(String line) {
		return line.length() == 5 && line.toLowerCase(Locale.ROOT).startsWith("sep=");
	}

	private static ListFile csv(Path path, Dialect dialect) throws IOException {
		try (CsvCursor cursor = new CsvCursor(path, dialect)) {
			return new ListFile(path, dialect, cursor.header().stream().map(String::strip).toList());
		}
	}

	/** Without a byte order mark. A character that does not fit is an error. */
	static BufferedReader reader(Path path, Charset charset) throws IOException {
		return withoutMark(Files.newBufferedReader(path, charset));
	}

	static BufferedReader reader(CountedStream stream, Charset charset) throws IOException {
		return withoutMark(new BufferedReader(new InputStreamReader(stream, charset.newDecoder())));
	}

	private static BufferedReader withoutMark(BufferedReader reader) throws IOException {
		reader.mark(1);
		if (reader.read() != '\ufeff') {
			reader.reset();
		}
		return reader;
	}

	/** From the row below the header on. */
	RowCursor rows() throws IOException {
		if (this.dialect.kind() == Dialect.Kind.JSON_LINES) {
			return new JsonLinesCursor(this.path, this.dialect.charset(), this.header);
		}
		CsvCursor cursor = new CsvCursor(this.path, this.dialect);
		cursor.header();
		return cursor;
	}

	/** The first rows, for a person to look at. */
	List<List<String>> sample() {
		List<List<String>> sample = new ArrayList<>();
		try (RowCursor rows = rows()) {
			for (RawRow row = rows.next(); row != null && sample.size() < SAMPLE_ROWS; row = rows.next()) {
				if (!row.isBlank()) {
					sample.add(row.fields());
				}
			}
			return sample;
		}
		catch (CsvParseException ex) {
			throw broken(this.path, ex);
		}
		catch (IOException ex) {
			throw unreadable(this.path, ex);
		}
	}

	static Problem broken(Path path, CsvParseException ex) {
		Throwable root = ex;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		String where = ex.getMessage() + ((root != ex) ? " (" + root.getMessage() + ")" : "");
		return new Problem(Problem.Kind.WORK, Sentence.of("subscriber.no-csv", path.toString(), where), ex);
	}

	/** Names of columns for a message: whoever wrote the file chose them. */
	static String shown(List<String> names) {
		String shown = UNSEEN.matcher(String.join(", ", names)).replaceAll("?");
		return (shown.length() <= 200) ? shown : shown.substring(0, 200) + "…";
	}

}
