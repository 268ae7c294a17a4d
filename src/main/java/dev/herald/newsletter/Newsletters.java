package dev.herald.newsletter;

import java.util.List;
import java.util.Optional;

/** The newsletters of this installation. Thread-safe. */
public class Newsletters {

	/**
	 * @throws dev.herald.problem.Problem when the key is taken or is no DNS label
	 */
	public Newsletter create(String key, NewsletterSettings settings) {
		throw new UnsupportedOperationException();
	}

	public Newsletter change(String key, NewsletterSettings settings) {
		throw new UnsupportedOperationException();
	}

	public Optional<Newsletter> find(String key) {
		throw new UnsupportedOperationException();
	}

	/**
	 * @throws dev.herald.problem.Problem naming the newsletters there are, when none has
	 * this key
	 */
	public Newsletter require(String key) {
		throw new UnsupportedOperationException();
	}

	public Newsletter byId(int id) {
		throw new UnsupportedOperationException();
	}

	/** By key. */
	public List<Newsletter> all() {
		throw new UnsupportedOperationException();
	}

}
