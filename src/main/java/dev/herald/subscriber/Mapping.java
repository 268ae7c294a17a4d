package dev.herald.subscriber;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;

/** What each column of a list holds, in their order. Immutable. */
public record Mapping(List<Target> targets) {

	/** Two columns of these leave open which of them is meant. */
	private static final Set<ListField> NO_CHOICE = EnumSet.of(ListField.EMAIL, ListField.NAME, ListField.ZONE);

	public Mapping {
		targets = List.copyOf(targets);
	}

	/**
	 * @param attribute its name; empty for other fields
	 */
	public record Target(ListField field, String attribute) {

		/** As {@link #parse} reads it. */
		public String text() {
			return (this.field == ListField.ATTRIBUTE) ? this.field.key() + ":" + this.attribute : this.field.key();
		}

		/**
		 * @param text the key of a field, or attribute:NAME
		 * @param column stands in for a name that is left out
		 * @throws Problem when there is no such field
		 */
		public static Target parse(String text, String column) {
			int colon = text.indexOf(':');
			String key = (colon < 0) ? text.strip() : text.substring(0, colon).strip();
			for (ListField field : ListField.values()) {
				if (field.key().equals(key)) {
					String name = (colon < 0) ? "" : text.substring(colon + 1).strip();
					return new Target(field, (field != ListField.ATTRIBUTE) ? "" : name.isEmpty() ? column : name);
				}
			}
			throw Problem.usage(Sentence.of("subscriber.no-field", key));
		}

	}

	/**
	 * With the columns of one kind only once: what is left over is kept as an attribute,
	 * but for those that have to be told apart by a person.
	 */
	Mapping distinct(List<String> header) {
		Set<ListField> taken = EnumSet.noneOf(ListField.class);
		List<Target> distinct = new ArrayList<>();
		for (int i = 0; i < this.targets.size(); i++) {
			Target target = this.targets.get(i);
			boolean again = target.field().isOne() && !NO_CHOICE.contains(target.field()) && !taken.add(target.field());
			distinct.add(again ? new Target(ListField.ATTRIBUTE, header.get(i).strip()) : target);
		}
		return new Mapping(distinct);
	}

	/**
	 * @throws Problem when there is no column for the address, or several for the same
	 */
	void require(ListFile list) {
		String path = list.path().toString();
		for (ListField field : ListField.values()) {
			List<String> columns = columns(field, list.header());
			if (columns.size() > 1 && field.isOne()) {
				throw Problem.work(Sentence.of(switch (field) {
					case EMAIL -> "subscriber.two-addresses";
					case NAME -> "subscriber.two-names";
					case ZONE -> "subscriber.two-zones";
					default -> "subscriber.two-columns";
				}, path, ListFile.shown(columns)));
			}
		}
		if (columns(ListField.EMAIL, list.header()).isEmpty()) {
			boolean headless = list.header().stream().anyMatch((cell) -> cell.contains("@"));
			throw Problem.work(headless ? Sentence.of("subscriber.no-header", path)
					: Sentence.of("subscriber.no-email", path, ListFile.shown(list.header())));
		}
	}

	private List<String> columns(ListField field, List<String> header) {
		List<String> columns = new ArrayList<>();
		for (int i = 0; i < this.targets.size(); i++) {
			if (this.targets.get(i).field() == field) {
				columns.add((i < header.size()) ? header.get(i) : "");
			}
		}
		return columns;
	}

	/** The columns that nothing is kept of. */
	List<String> ignored(List<String> header) {
		return columns(ListField.IGNORED, header).stream()
			.filter((name) -> !name.isBlank())
			.map((name) -> ListFile.shown(List.of(name)))
			.toList();
	}

	/** The column that holds it; -1 where none does. */
	int index(ListField field) {
		for (int i = 0; i < this.targets.size(); i++) {
			if (this.targets.get(i).field() == field) {
				return i;
			}
		}
		return -1;
	}

}
