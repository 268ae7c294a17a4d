package dev.herald.segment;

import java.util.List;

import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;

/** All that is wrong with a tree, each with where it is. */
public final class TreeProblem extends Problem {

	private final transient List<Fault> faults;

	TreeProblem(List<Fault> faults) {
		super(Kind.USAGE, Sentence.join("segment.faults", faults.stream().map(Fault::inWords).toList()));
		this.faults = List.copyOf(faults);
	}

	TreeProblem(String path, Sentence sentence) {
		this(List.of(new Fault(path, sentence)));
	}

	/** At least one. */
	public List<Fault> faults() {
		return this.faults;
	}

	/**
	 * @param path such as {@code all[2].value}; empty for the whole
	 */
	public record Fault(String path, Sentence sentence) {

		Sentence inWords() {
			return this.path.isEmpty() ? this.sentence : Sentence.of("segment.fault", this.path, this.sentence);
		}

	}

}
