package dev.herald.audit;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Something that somebody changes; to be published as an event within the transaction
 * that changes it. It never holds a secret, and the address of a subscriber only where
 * that one subscriber is what changes. Immutable.
 *
 * @param subject what is changed, by the name that people know it by
 * @param by who does it; null: who acts in the publishing thread
 */
public record Change(Action action, String subject, Map<String, Values> fields, @Nullable Actor by) {

	public Change {
		fields = Map.copyOf(fields);
	}

	/**
	 * One value before and after; null where there was or is none.
	 */
	public record Values(@Nullable String was, @Nullable String became) {
	}

	public static Change of(Action action, String subject) {
		return new Change(action, subject, Map.of(), null);
	}

	/** With a value that is there now and was not before. */
	public Change with(String field, @Nullable Object value) {
		return with(field, null, value);
	}

	/** With what a value was and became; left out where both are the same. */
	public Change with(String field, @Nullable Object was, @Nullable Object became) {
		if (Objects.equals(was, became)) {
			return this;
		}
		Map<String, Values> more = new LinkedHashMap<>(this.fields);
		more.put(field, new Values(text(was), text(became)));
		return new Change(this.action, this.subject, more, this.by);
	}

	/**
	 * With every component in which two records differ, whatever components they have: a
	 * setting that is added is recorded without a further line.
	 */
	public Change between(Record was, Record became) {
		return between("", was, became);
	}

	private Change between(String prefix, Record was, Record became) {
		Change change = this;
		for (RecordComponent component : was.getClass().getRecordComponents()) {
			Object before = value(component, was);
			Object after = value(component, became);
			String name = prefix + component.getName();
			change = (before instanceof Record one && after instanceof Record other && hasParts(one))
					? change.between(name + ".", one, other) : change.with(name, before, after);
		}
		return change;
	}

	private static boolean hasParts(Record value) {
		return value.getClass().getRecordComponents().length > 1;
	}

	private static @Nullable Object value(RecordComponent component, Record owner) {
		try {
			return component.getAccessor().invoke(owner);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(owner.getClass() + " can't be read", ex);
		}
	}

	/** For what happens before anybody has signed in. */
	public Change by(Actor actor) {
		return new Change(this.action, this.subject, this.fields, actor);
	}

	/** Whether it would change anything. */
	public boolean isNothing() {
		return this.fields.isEmpty();
	}

	private static @Nullable String text(@Nullable Object value) {
		return (value != null) ? value.toString() : null;
	}

}
