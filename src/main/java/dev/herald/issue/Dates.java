package dev.herald.issue;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the first date in a text: 2017-11-14, 2017/11/14, 2017年11月14日, November 14, 2017
 * or 14 Nov 2017. A time behind it is ignored: the date is the one the editor wrote.
 */
final class Dates {

	private static final String MONTH = "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\\.?";

	private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

	private static final List<Pattern> YEAR_FIRST = List.of(
			Pattern.compile("(?<!\\d)(\\d{4})([-/._])(\\d{1,2})\\2(\\d{1,2})(?!\\d)"),
			Pattern.compile("(?<!\\d)(\\d{4})\\s?([年년])\\s?(\\d{1,2})\\s?[月월]\\s?(\\d{1,2})"));

	private static final Pattern MONTH_FIRST = Pattern
		.compile("\\b" + MONTH + "\\s{1,3}(\\d{1,2})(?:st|nd|rd|th)?,?\\s{1,3}(\\d{4})\\b", Pattern.CASE_INSENSITIVE);

	private static final Pattern DAY_FIRST = Pattern.compile(
			"\\b(\\d{1,2})(?:st|nd|rd|th)?\\.?\\s{1,3}" + MONTH + ",?\\s{1,3}(\\d{4})\\b", Pattern.CASE_INSENSITIVE);

	private static final Pattern COMPACT = Pattern.compile("(?<!\\d)((?:19|20)\\d{2})(\\d{2})(\\d{2})(?!\\d)");

	private Dates() {
	}

	static Optional<LocalDate> find(String text) {
		for (Pattern pattern : YEAR_FIRST) {
			Matcher matcher = pattern.matcher(text);
			if (matcher.find()) {
				return date(matcher.group(1), matcher.group(3), matcher.group(4));
			}
		}
		Matcher monthFirst = MONTH_FIRST.matcher(text);
		if (monthFirst.find()) {
			return date(monthFirst.group(3), month(monthFirst.group(1)), monthFirst.group(2));
		}
		Matcher dayFirst = DAY_FIRST.matcher(text);
		if (dayFirst.find()) {
			return date(dayFirst.group(3), month(dayFirst.group(2)), dayFirst.group(1));
		}
		return Optional.empty();
	}

	/** In a file name, 20171114 is a date as well. */
	static Optional<LocalDate> findInFileName(String name) {
		Matcher compact = COMPACT.matcher(name);
		Optional<LocalDate> date = find(name);
		return (date.isEmpty() && compact.find()) ? date(compact.group(1), compact.group(2), compact.group(3)) : date;
	}

	private static String month(String name) {
		return String.valueOf(MONTHS.indexOf(name.toLowerCase(Locale.ROOT)) / 3 + 1);
	}

	private static Optional<LocalDate> date(String year, String month, String day) {
		try {
			return Optional.of(LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day)));
		}
		catch (DateTimeException ex) {
			return Optional.empty();
		}
	}

}
