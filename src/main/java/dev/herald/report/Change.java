package dev.herald.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

import dev.herald.delivery.DeliveryState;
import dev.herald.delivery.LedgerFigures;
import org.jspecify.annotations.Nullable;

/**
 * How an issue differs from those before it, and where that comes from. Immutable.
 */
public final class Change {

	/** Fewer say nothing about what is usual. */
	private static final int FEWEST_BEFORE = 3;

	/** In points of the accepted share. */
	private static final double POINTS = 1;

	/** More often than usual by this factor, and by so many readers at least. */
	private static final double TIMES = 2;

	private static final int READERS = 5;

	/** Of what went wrong, at one provider: only then it is named. */
	private static final double MOST = 0.5;

	private final List<Statement> parts;

	private Change(List<Statement> parts) {
		this.parts = List.copyOf(parts);
	}

	/**
	 * @param underWay what is not accepted yet may be: then that says nothing, but who
	 * left already has left
	 * @param deadAt recipients with a hard bounce by the code of their provider
	 */
	static Change of(@Nullable IssueFigures now, boolean underWay, List<IssueFigures> before,
			List<LedgerFigures.ByProvider> providers, ToIntFunction<LedgerFigures.ByProvider> deadAt) {
		if (now == null || now.recipients() == 0) {
			return new Change(List.of());
		}
		if (before.size() < FEWEST_BEFORE) {
			return new Change(List.of(Statement.of("change.first", before.size())));
		}
		List<Statement> parts = new ArrayList<>();
		if (!underWay) {
			accepted(parts, now, median(before, IssueFigures::acceptedShare), providers);
		}
		if (stands(now.dead(), now, before, IssueFigures::deadShare)) {
			parts.add(Statement.of("change.dead", now.deadShare(), median(before, IssueFigures::deadShare)));
			where(parts, providers, deadAt);
		}
		if (stands(now.left(), now, before, IssueFigures::leftShare)) {
			parts.add(Statement.of("change.left", now.leftShare(), median(before, IssueFigures::leftShare)));
		}
		if (stands(now.complaints(), now, before, IssueFigures::complaintShare)) {
			parts.add(Statement.of("change.complaints", now.complaintShare(),
					median(before, IssueFigures::complaintShare)));
		}
		if (parts.isEmpty()) {
			parts.add(underWay ? Statement.of("change.under-way") : Statement.of("change.none", before.size()));
		}
		return new Change(parts);
	}

	private static void accepted(List<Statement> parts, IssueFigures now, double usual,
			List<LedgerFigures.ByProvider> providers) {
		if (now.acceptedShare() < usual - POINTS) {
			parts.add(Statement.of("change.accepted-less", now.acceptedShare(), usual));
			where(parts, providers, Change::notTaken);
		}
		else if (now.acceptedShare() > usual + POINTS) {
			parts.add(Statement.of("change.accepted-more", now.acceptedShare(), usual));
		}
	}

	private static boolean stands(int readers, IssueFigures now, List<IssueFigures> before,
			ToDoubleFunction<IssueFigures> share) {
		double usual = median(before, share);
		return share.applyAsDouble(now) > usual * TIMES && readers - usual * now.recipients() / 100 >= READERS;
	}

	private static int notTaken(LedgerFigures.ByProvider provider) {
		return provider.states().recipients() - provider.states().of(DeliveryState.ACCEPTED);
	}

	private static void where(List<Statement> parts, List<LedgerFigures.ByProvider> providers,
			ToIntFunction<LedgerFigures.ByProvider> wrong) {
		int all = providers.stream().mapToInt(wrong).sum();
		providers.stream()
			.max(Comparator.comparingInt(wrong))
			.filter((worst) -> !worst.name().isEmpty() && worst.provider() != 0 && wrong.applyAsInt(worst) > all * MOST)
			.ifPresent((worst) -> parts.add(Statement.of("change.where", wrong.applyAsInt(worst), all, worst.name())));
	}

	private static double median(List<IssueFigures> issues, ToDoubleFunction<IssueFigures> figure) {
		double[] sorted = issues.stream().mapToDouble(figure).sorted().toArray();
		int middle = sorted.length / 2;
		return (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	}

	/** Empty where nothing was sent. */
	public String in(ReportWords words) {
		return this.parts.isEmpty() ? "" : ReportSentence.join(this.parts, words);
	}

}
