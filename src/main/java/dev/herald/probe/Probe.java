package dev.herald.probe;

import java.util.Collection;
import java.util.Map;

/** Asks addresses. */
public interface Probe {

	/**
	 * @return an answer to each, in the order of the questions
	 */
	Map<Question, Answer> ask(Collection<Question> questions);

}
