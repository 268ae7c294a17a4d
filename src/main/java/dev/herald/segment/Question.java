package dev.herald.segment;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a condition asks. Each of two that are opposites, so that nothing is asked by
 * accident.
 */
public enum Question {

	/** Capital letters make no difference. */
	ATTRIBUTE_IS(Field.ATTRIBUTE, "is", Value.TEXT),
	/** Also of who has no such attribute; as the next one but four is. */
	ATTRIBUTE_IS_NOT(Field.ATTRIBUTE, "is-not", Value.TEXT),

	ATTRIBUTE_CONTAINS(Field.ATTRIBUTE, "contains", Value.TEXT),

	ATTRIBUTE_BEGINS_WITH(Field.ATTRIBUTE, "begins-with", Value.TEXT),

	ATTRIBUTE_IS_SET(Field.ATTRIBUTE, "is-set", Value.NOTHING),

	ATTRIBUTE_IS_NOT_SET(Field.ATTRIBUTE, "is-not-set", Value.NOTHING),
	/** Of who has a number there. */
	ATTRIBUTE_LESS_THAN(Field.ATTRIBUTE, "less-than", Value.NUMBER),

	ATTRIBUTE_AT_LEAST(Field.ATTRIBUTE, "at-least", Value.NUMBER),

	/** The day begins at 00:00 UTC. */
	SUBSCRIBED_BEFORE(Field.SUBSCRIBED, "before", Value.DAY),

	SUBSCRIBED_FROM(Field.SUBSCRIBED, "from", Value.DAY),
	/** Days of 24 hours, back from when it is asked. */
	SUBSCRIBED_WITHIN(Field.SUBSCRIBED, "within", Value.DAYS),

	SUBSCRIBED_NOT_WITHIN(Field.SUBSCRIBED, "not-within", Value.DAYS),

	ENGAGED_WITHIN(Field.ENGAGED, "within", Value.DAYS),
	/** Of whom it would be known; nor are others in any of those before and after. */
	ENGAGED_NOT_WITHIN(Field.ENGAGED, "not-within", Value.DAYS),

	ENGAGED_EVER(Field.ENGAGED, "ever", Value.NOTHING),

	ENGAGED_NEVER(Field.ENGAGED, "never", Value.NOTHING),
	/** Who is not tracked. */
	ENGAGED_UNKNOWN(Field.ENGAGED, "unknown", Value.NOTHING),

	ISSUE_OPENED(Field.ISSUE, "opened", Value.SLUG),

	ISSUE_NOT_OPENED(Field.ISSUE, "not-opened", Value.SLUG),

	ISSUE_CLICKED(Field.ISSUE, "clicked", Value.SLUG),

	ISSUE_NOT_CLICKED(Field.ISSUE, "not-clicked", Value.SLUG),

	PROVIDER_IS(Field.PROVIDER, "is", Value.NAMES),

	PROVIDER_IS_NOT(Field.PROVIDER, "is-not", Value.NAMES),
	/** By basic filtering (RFC 4647 section 3.3.1): zh is zh-CN too. */
	LANGUAGE_IS(Field.LANGUAGE, "is", Value.NAMES),

	LANGUAGE_IS_NOT(Field.LANGUAGE, "is-not", Value.NAMES);

	private final Field field;

	private final String key;

	private final Value value;

	Question(Field field, String key, Value value) {
		this.field = field;
		this.key = key;
		this.value = value;
	}

	public Field field() {
		return this.field;
	}

	/** Its name in JSON, unique in its field. */
	public String key() {
		return this.key;
	}

	public Value value() {
		return this.value;
	}

	static Optional<Question> of(Field field, String key) {
		return of(field).stream().filter((test) -> test.key.equals(key)).findFirst();
	}

	public static List<Question> of(Field field) {
		return Arrays.stream(values()).filter((test) -> test.field == field).toList();
	}

	/** What is looked at. */
	public enum Field {

		ATTRIBUTE, SUBSCRIBED, ENGAGED, ISSUE, PROVIDER, LANGUAGE;

		/** Its name in JSON. */
		public String key() {
			return name().toLowerCase(Locale.ROOT);
		}

		static Optional<Field> of(String key) {
			return Arrays.stream(values()).filter((field) -> field.key().equals(key)).findFirst();
		}

	}

	/** What a test compares with. */
	public enum Value {

		NOTHING, TEXT, NUMBER, DAY, DAYS, SLUG, NAMES

	}

}
