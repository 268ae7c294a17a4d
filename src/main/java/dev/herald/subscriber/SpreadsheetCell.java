package dev.herald.subscriber;

import java.util.regex.Pattern;

/**
 * A cell that begins like a formula is run by the spreadsheet that opens the file: a
 * reader could give {@code =HYPERLINK(…)} for a name. An apostrophe in front makes it
 * text; reading takes the apostrophe away again, so that an export can be imported.
 * Inside a cell too: where the comma is a decimal point, a spreadsheet splits our lines
 * at semicolons, and takes no notice of quotes that don't begin a cell.
 */
public final class SpreadsheetCell {

	/** With the full-width forms, which spreadsheets in East Asian settings take too. */
	private static final String FORMULA = "[=+\\-@\\t\\r＝＋－＠]";

	private static final String BEGIN = "(?:^|(?<=[;|\\t\\r\\n]))";

	private static final Pattern BARE = Pattern.compile(BEGIN + "(?='*" + FORMULA + ")");

	private static final Pattern QUOTED = Pattern.compile(BEGIN + "'(?='*" + FORMULA + ")");

	private SpreadsheetCell() {
	}

	public static String write(String value) {
		return mayBeFormula(value) ? BARE.matcher(value).replaceAll("'") : value;
	}

	static String read(String cell) {
		return (cell.indexOf('\'') >= 0) ? QUOTED.matcher(cell).replaceAll("") : cell;
	}

	/** Most cells are none at first sight. */
	private static boolean mayBeFormula(String value) {
		for (int i = 0; i < value.length(); i++) {
			if ("=+-@\t\r＝＋－＠".indexOf(value.charAt(i)) >= 0) {
				return true;
			}
		}
		return false;
	}

}
