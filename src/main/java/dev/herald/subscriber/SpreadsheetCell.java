package dev.herald.subscriber;

import java.util.regex.Pattern;

/**
 * A cell that begins like a formula is run by the spreadsheet that opens the file: a
 * reader could give {@code =HYPERLINK(…)} for a name. An apostrophe in front makes it
 * text; reading takes the apostrophe away again, so that an export can be imported.
 */
public final class SpreadsheetCell {

	/** With the full-width forms, which spreadsheets in East Asian settings take too. */
	private static final Pattern FORMULA = Pattern.compile("'*[=+\\-@\\t\\r＝＋－＠].*", Pattern.DOTALL);

	private SpreadsheetCell() {
	}

	public static String write(String value) {
		return FORMULA.matcher(value).matches() ? "'" + value : value;
	}

	static String read(String cell) {
		return (cell.startsWith("'") && FORMULA.matcher(cell.substring(1)).matches()) ? cell.substring(1) : cell;
	}

}
