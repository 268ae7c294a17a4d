package dev.herald.testsend;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

import dev.herald.address.EmailAddress;
import dev.herald.address.InvalidAddressException;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;

/**
 * Whom a test goes to, and as whom. Immutable, checked.
 *
 * @param addresses 1 to 20, each once
 * @param names of the sample readers, at most 5; an empty one is a reader without a name.
 * None leaves the choice to Herald
 */
public record TestReaders(List<EmailAddress> addresses, List<String> names) {

	private static final int MOST_ADDRESSES = 20;

	private static final int MOST_NAMES = 5;

	/** The width that a subscriber's name may have. */
	private static final int LONGEST_NAME = 200;

	/** The commas of Chinese and Japanese too: what is typed where those are typed. */
	private static final String BETWEEN = "[,;，；、 ]+";

	public TestReaders {
		addresses = List.copyOf(addresses);
		names = List.copyOf(names);
		if (addresses.isEmpty()) {
			throw Problem.usage(Sentence.of("testsend.no-address"));
		}
		if (addresses.size() > MOST_ADDRESSES) {
			throw Problem.usage(Sentence.of("testsend.addresses", MOST_ADDRESSES, addresses.size()));
		}
		if (names.size() > MOST_NAMES || names.stream().anyMatch((name) -> name.length() > LONGEST_NAME)) {
			throw Problem.usage(Sentence.of("testsend.names", MOST_NAMES, LONGEST_NAME));
		}
	}

	/**
	 * @param written addresses with commas between; a repeated one counts once
	 * @throws Problem (usage) naming the first that is none
	 */
	public static TestReaders of(String written, List<String> names) {
		Map<String, EmailAddress> addresses = new LinkedHashMap<>();
		for (String text : written.strip().split(BETWEEN, -1)) {
			if (!text.isBlank()) {
				EmailAddress address = address(text);
				addresses.putIfAbsent(address.matchKey(), address);
			}
		}
		return new TestReaders(new ArrayList<>(addresses.values()),
				new ArrayList<>(new LinkedHashSet<>(names.stream().map(String::strip).toList())));
	}

	private static EmailAddress address(String text) {
		try {
			return EmailAddress.parse(text);
		}
		catch (InvalidAddressException ex) {
			throw new Problem(Problem.Kind.USAGE, Sentence.of("testsend.nothing-sent", ex.sentence()), ex);
		}
	}

}
