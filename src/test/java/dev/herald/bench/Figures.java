package dev.herald.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The lines that a run prints when it is over, ready to be pasted into Markdown. */
final class Figures {

	private final List<List<String>> rows = new ArrayList<>();

	private final List<String> remarks = new ArrayList<>();

	void row(String what, String measured, String compared, String target) {
		List<String> row = List.of(what, measured, compared, target);
		this.rows.add(row);
		// Already here too: a run that is cut short has not measured for nothing.
		System.err.println("| " + String.join(" | ", row) + " |");
	}

	void remark(String line) {
		this.remarks.add(line);
		System.err.println(line);
	}

	static String verdict(boolean met, String target) {
		return target + ": " + (met ? "pass" : "MISS");
	}

	/** The median, and in brackets the least and the most. */
	static String spread(String format, double... values) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		return String.format(Locale.ROOT, format + " [" + format + " .. " + format + "]", median(values), sorted[0],
				sorted[sorted.length - 1]);
	}

	static double median(double... values) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		int middle = sorted.length / 2;
		return (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	}

	void print() {
		System.out.println();
		System.out.println("| what | measured | compared with | target |");
		System.out.println("|---|---|---|---|");
		this.rows.forEach((row) -> System.out.println("| " + String.join(" | ", row) + " |"));
		System.out.println();
		this.remarks.forEach((remark) -> System.out.println("- " + remark));
	}

}
