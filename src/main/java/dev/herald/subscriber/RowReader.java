package dev.herald.subscriber;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import dev.herald.address.EmailAddress;
import dev.herald.address.InvalidAddressException;
import dev.herald.problem.Sentence;
import dev.herald.subscriber.ListRow.Suppressed;
import org.jspecify.annotations.Nullable;

/**
 * Takes a row of a list for what its columns are mapped to, and says what is wrong with
 * it. Immutable.
 */
final class RowReader {

	static final int MAX_ATTRIBUTE_NAME = 100;

	static final int MAX_ATTRIBUTE = 1000;

	private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

	/** Written without a space between family name and given name. */
	private static final Pattern CHINESE = Pattern.compile("[\\p{IsHan}·]+");

	private final ListFile list;

	private final List<Mapping.Target> targets;

	private final Map<ListField, Integer> columns = new EnumMap<>(ListField.class);

	private final Everyone everyone;

	private final String source;

	/** Written by Herald: a space at the end of a value is part of it. */
	private final boolean exact;

	private final boolean json;

	/**
	 * @param source names the list in the evidence of suppressions
	 */
	RowReader(ListFile list, Mapping mapping, Everyone everyone, String source) {
		this.list = list;
		this.targets = mapping.targets();
		this.everyone = everyone;
		this.source = source;
		this.exact = ListColumns.areOwn(list.header());
		this.json = list.dialect().kind() == Dialect.Kind.JSON_LINES;
		for (ListField field : ListField.values()) {
			this.columns.put(field, mapping.index(field));
		}
	}

	ListRow read(RawRow row) {
		try {
			if (row.fault() != null) {
				throw new BadValue(-1, row.fault());
			}
			checkShape(row);
			return good(row);
		}
		catch (BadValue bad) {
			String column = (bad.column >= 0) ? ListFile.shown(List.of(this.list.header().get(bad.column))) : "";
			return new ListRow.Bad(new ImportResult.Rejection(row.line(), column, bad.sentence), row.fields());
		}
	}

	private void checkShape(RawRow row) {
		List<String> fields = row.fields();
		int columns = this.list.header().size();
		for (int i = columns; i < fields.size(); i++) {
			if (!fields.get(i).isBlank()) {
				throw new BadValue(-1, Sentence.of("subscriber.row.fields", fields.size(), columns,
						this.list.dialect().separatorInWords()));
			}
		}
		for (int i = 0; i < Math.min(columns, fields.size()); i++) {
			// A quote left open takes the next rows for text, addresses and all. JSON has
			// its own ends, and so have our exports, whose columns are known to be whole.
			boolean oneLine = this.targets.get(i).field().isOneLine();
			boolean suspicious = oneLine || (!this.exact && !this.json && fields.get(i).contains("@"));
			if (suspicious && hasLineBreak(fields.get(i).strip())) {
				throw new BadValue(i, Sentence.of("subscriber.row.lines"));
			}
		}
	}

	private static boolean hasLineBreak(String field) {
		return field.indexOf('\n') >= 0 || field.indexOf('\r') >= 0;
	}

	private ListRow good(RawRow row) {
		Verdict verdict = verdict(row);
		return new ListRow.Good(address(row), name(row), zone(row), language(row), verdict.state, verdict.since(),
				time(row, ListField.PAUSED_UNTIL), verdict.suppressed, attributes(row));
	}

	private EmailAddress address(RawRow row) {
		try {
			return EmailAddress.parse(cell(row, column(ListField.EMAIL)));
		}
		catch (InvalidAddressException ex) {
			throw new BadValue(column(ListField.EMAIL), ex.sentence());
		}
	}

	private String name(RawRow row) {
		int column = column(ListField.NAME);
		String name = trimmed(row, column);
		if (name.isEmpty()) {
			String first = trimmed(row, column(ListField.FIRST_NAME));
			String last = trimmed(row, column(ListField.LAST_NAME));
			boolean chinese = CHINESE.matcher(first).matches() && CHINESE.matcher(last).matches();
			name = chinese ? last + first : (first + " " + last).strip();
			column = (column >= 0) ? column : column(first.isEmpty() ? ListField.LAST_NAME : ListField.FIRST_NAME);
		}
		if (!Profile.isPrintable(name)) {
			throw new BadValue(column, Sentence.of("subscriber.row.name"));
		}
		if (name.length() > Profile.MAX_NAME) {
			throw new BadValue(column, Sentence.of("subscriber.row.long-name", Profile.MAX_NAME));
		}
		return name;
	}

	private String zone(RawRow row) {
		String zone = value(row, ListField.ZONE);
		if (!zone.isEmpty() && !ZONES.contains(zone)) {
			throw new BadValue(column(ListField.ZONE), Sentence.of("subscriber.row.zone"));
		}
		return zone;
	}

	private String language(RawRow row) {
		String language = value(row, ListField.LANGUAGE);
		try {
			return language.isEmpty() ? "" : new Locale.Builder().setLanguageTag(language).build().toLanguageTag();
		}
		catch (IllformedLocaleException ex) {
			throw new BadValue(column(ListField.LANGUAGE), Sentence.of("subscriber.row.language"));
		}
	}

	/** The least that any column says. */
	private Verdict verdict(RawRow row) {
		Verdict verdict = new Verdict();
		verdict.since = time(row, ListField.SINCE);
		state(row, verdict);
		// Our own exports say since when somebody is what he is, others when he came.
		verdict.leftThen = this.exact && verdict.state == SubscriptionState.UNSUBSCRIBED;
		if (says(row, ListField.CONFIRMED, false)) {
			verdict.atMost(SubscriptionState.PENDING);
		}
		if (says(row, ListField.SUBSCRIBED, false) || says(row, ListField.UNSUBSCRIBED, true)) {
			verdict.atMost(SubscriptionState.UNSUBSCRIBED);
		}
		if (says(row, ListField.BLOCKED, true)) {
			verdict.atMost(SubscriptionState.UNSUBSCRIBED);
			verdict.suppress(SuppressionReason.ADMIN, evidence(row, ListField.BLOCKED));
		}
		if (!value(row, ListField.LEFT_AT).isEmpty()) {
			verdict.atMost(SubscriptionState.UNSUBSCRIBED);
			verdict.since = ListWords.time(value(row, ListField.LEFT_AT)).orElse(null);
			verdict.leftThen = true;
		}
		if (!value(row, ListField.BOUNCED_AT).isEmpty()) {
			verdict.suppress(SuppressionReason.HARD_BOUNCE, evidence(row, ListField.BOUNCED_AT));
		}
		suppression(row, verdict);
		switch (this.everyone) {
			case AS_WRITTEN -> {
			}
			case PENDING -> verdict.atMost(SubscriptionState.PENDING);
			case UNSUBSCRIBED -> verdict.atMost(SubscriptionState.UNSUBSCRIBED);
			case BOUNCED -> verdict.suppress(SuppressionReason.HARD_BOUNCE, this.source + ": a list of dead addresses");
		}
		return verdict;
	}

	private void state(RawRow row, Verdict verdict) {
		String value = value(row, ListField.STATE);
		if (value.isEmpty()) {
			return;
		}
		ListWords.State state = ListWords.state(value)
			.orElseThrow(() -> new BadValue(column(ListField.STATE), Sentence.of("subscriber.row.state")));
		verdict.atMost(state.subscription());
		if (state.reason() != null) {
			verdict.suppress(state.reason(), evidence(row, ListField.STATE));
		}
	}

	/** As Herald's own exports have it. */
	private void suppression(RawRow row, Verdict verdict) {
		String reason = value(row, ListField.SUPPRESSION);
		if (reason.isEmpty()) {
			return;
		}
		// Who was erased is in no list: that reason goes with an address that nobody
		// knows.
		SuppressionReason known = Arrays.stream(SuppressionReason.values())
			.filter((each) -> each.name().equals(reason) && each != SuppressionReason.ERASED)
			.findFirst()
			.orElseThrow(() -> new BadValue(column(ListField.SUPPRESSION), Sentence.of("subscriber.row.suppression")));
		verdict.suppressed = new Suppressed(known, value(row, ListField.SUPPRESSION_WHY),
				time(row, ListField.SUPPRESSED_SINCE));
	}

	private String evidence(RawRow row, ListField field) {
		String column = this.list.header().get(column(field)).strip();
		String why = value(row, ListField.SUPPRESSION_WHY);
		return "%s: %s %s%s".formatted(this.source, column, value(row, field), why.isEmpty() ? "" : ", " + why);
	}

	private boolean says(RawRow row, ListField field, boolean wanted) {
		String value = value(row, field);
		return !value.isEmpty() && ListWords.yes(value)
			.orElseThrow(() -> new BadValue(column(field), Sentence.of("subscriber.row.yes-no"))) == wanted;
	}

	private @Nullable Instant time(RawRow row, ListField field) {
		String value = value(row, field);
		if (value.isEmpty() || ListWords.isNoTime(value)) {
			return null;
		}
		return ListWords.time(value).orElseThrow(() -> new BadValue(column(field), Sentence.of("subscriber.row.time")));
	}

	private Map<String, String> attributes(RawRow row) {
		Map<String, String> attributes = new LinkedHashMap<>();
		for (int i = 0; i < this.targets.size(); i++) {
			Mapping.Target target = this.targets.get(i);
			if (target.field() == ListField.ATTRIBUTE) {
				put(attributes, target.attribute(), attribute(row, i), i);
			}
		}
		String json = value(row, ListField.ATTRIBUTES);
		if (!json.isEmpty()) {
			int column = column(ListField.ATTRIBUTES);
			Map<String, String> given = Attributes.of(json);
			if (given == null) {
				throw new BadValue(column, Sentence.of("subscriber.row.attributes"));
			}
			given.forEach((name, value) -> put(attributes, name, value, column));
		}
		return attributes;
	}

	private static void put(Map<String, String> attributes, String name, String value, int column) {
		if (value.isEmpty()) {
			return;
		}
		if (value.length() > MAX_ATTRIBUTE || name.length() > MAX_ATTRIBUTE_NAME || name.isBlank()) {
			throw new BadValue(column, Sentence.of("subscriber.row.long-attribute", MAX_ATTRIBUTE_NAME, MAX_ATTRIBUTE));
		}
		attributes.put(name, value);
	}

	private String attribute(RawRow row, int column) {
		return this.exact ? cell(row, column) : cell(row, column).strip();
	}

	private String trimmed(RawRow row, int column) {
		return this.exact ? cell(row, column) : cell(row, column).strip();
	}

	private String value(RawRow row, ListField field) {
		int column = column(field);
		return (column < 0) ? ""
				: (field == ListField.SUPPRESSION_WHY) ? trimmed(row, column) : cell(row, column).strip();
	}

	private String cell(RawRow row, int column) {
		return this.json ? row.field(column) : SpreadsheetCell.read(row.field(column));
	}

	private int column(ListField field) {
		return this.columns.getOrDefault(field, -1);
	}

	/** What one row comes to, while it is read. */
	private static final class Verdict {

		private SubscriptionState state = SubscriptionState.ACTIVE;

		private @Nullable Instant since;

		/** Whether that is when the person left, if he has. */
		private boolean leftThen;

		private @Nullable Suppressed suppressed;

		/** When somebody came is not when he left: of that nothing is known then. */
		private @Nullable Instant since() {
			return (this.state != SubscriptionState.UNSUBSCRIBED || this.leftThen) ? this.since : null;
		}

		/** Their order is that of what a person gets: nothing, nothing yet, mail. */
		void atMost(SubscriptionState limit) {
			if (rank(limit) < rank(this.state)) {
				this.state = limit;
			}
		}

		private static int rank(SubscriptionState state) {
			return switch (state) {
				case UNSUBSCRIBED -> 0;
				case PENDING -> 1;
				case ACTIVE -> 2;
			};
		}

		/** The first reason stays. */
		void suppress(SuppressionReason reason, String evidence) {
			if (this.suppressed == null) {
				this.suppressed = new Suppressed(reason, Suppressions.oneLine(evidence), null);
			}
		}

	}

	/** Why the row is not taken. */
	private static final class BadValue extends RuntimeException {

		private final int column;

		private final Sentence sentence;

		BadValue(int column, Sentence sentence) {
			super(null, null, false, false);
			this.column = column;
			this.sentence = sentence;
		}

	}

}
