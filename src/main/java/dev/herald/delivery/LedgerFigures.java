package dev.herald.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ledger of a send or an issue in figures. Immutable. */
public record LedgerFigures(List<Count> counts, List<Minute> accepted) {

	public static final LedgerFigures NONE = new LedgerFigures(List.of(), List.of());

	public LedgerFigures {
		counts = List.copyOf(counts);
		accepted = List.copyOf(accepted);
	}

	/** By state, over all providers. */
	public DeliveryCounts byState() {
		return states(this.counts);
	}

	/** The largest provider first. */
	public List<ByProvider> byProvider() {
		Map<Integer, List<Count>> all = this.counts.stream()
			.collect(Collectors.groupingBy(Count::provider, TreeMap::new, Collectors.toList()));
		return all.entrySet()
			.stream()
			.map((one) -> new ByProvider(one.getKey(), name(one.getValue()), states(one.getValue())))
			.sorted(Comparator.comparingInt((ByProvider one) -> one.states().recipients()).reversed())
			.toList();
	}

	private static DeliveryCounts states(List<Count> counts) {
		Map<DeliveryState, Integer> states = new EnumMap<>(DeliveryState.class);
		counts.forEach((count) -> states.merge(count.state(), count.deliveries(), Integer::sum));
		return new DeliveryCounts(states);
	}

	private static String name(List<Count> counts) {
		return counts.stream().map(Count::name).filter((name) -> !name.isEmpty()).findFirst().orElse("");
	}

	/** Of several issues. */
	public static LedgerFigures together(Collection<LedgerFigures> figures) {
		return figures.stream().reduce(NONE, LedgerFigures::and);
	}

	/** From the first accepted to the last; empty where none was. */
	public Optional<Ledger.Span> span() {
		return this.accepted.stream()
			.map((minute) -> new Ledger.Span(minute.first(), minute.last()))
			.reduce((one, other) -> new Ledger.Span(one.first().isBefore(other.first()) ? one.first() : other.first(),
					one.last().isAfter(other.last()) ? one.last() : other.last()));
	}

	/** Whether both say the same, in whichever order. */
	boolean isSame(LedgerFigures other) {
		return Set.copyOf(this.counts).equals(Set.copyOf(other.counts)) && span().equals(other.span())
				&& minutes().equals(other.minutes());
	}

	private Map<Instant, Integer> minutes() {
		return this.accepted.stream().collect(Collectors.toMap(Minute::at, Minute::accepted));
	}

	LedgerFigures and(LedgerFigures other) {
		Map<Instant, Minute> minutes = Stream.concat(this.accepted.stream(), other.accepted.stream())
			.collect(Collectors.toMap(Minute::at, Function.identity(), Minute::and, TreeMap::new));
		return new LedgerFigures(Stream.concat(this.counts.stream(), other.counts.stream()).toList(),
				new ArrayList<>(minutes.values()));
	}

	LedgerFigures named(List<Name> names) {
		Map<Integer, String> byCode = names.stream()
			.collect(Collectors.toMap(Name::provider, Name::name, (one, other) -> other));
		return new LedgerFigures(this.counts.stream()
			.map((count) -> new Count(count.sendId(), count.provider(), byCode.getOrDefault(count.provider(), ""),
					count.state(), count.deliveries()))
			.toList(), this.accepted);
	}

	/**
	 * Deliveries of one send to one provider in one state.
	 *
	 * @param provider its code in the ledger; 0 is none that Herald knows
	 * @param name the provider's; empty where the send never came to it
	 */
	public record Count(int sendId, int provider, String name, DeliveryState state, int deliveries) {
	}

	/**
	 * Deliveries that were accepted within one minute.
	 *
	 * @param at the minute's first second
	 * @param first the first acceptance, of this minute or of the whole send
	 * @param last the last one, likewise
	 */
	public record Minute(Instant at, int accepted, Instant first, Instant last) {

		Minute and(Minute other) {
			return new Minute(this.at, this.accepted + other.accepted,
					this.first.isBefore(other.first) ? this.first : other.first,
					this.last.isAfter(other.last) ? this.last : other.last);
		}

	}

	public record ByProvider(int provider, String name, DeliveryCounts states) {
	}

	record Name(int provider, String name) {
	}

}
