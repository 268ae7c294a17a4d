package dev.herald.probe;

import java.net.URI;
import java.util.Locale;

/**
 * Where a question has come to.
 *
 * @param at the address to ask next
 * @param get whether to ask with GET; HEAD is tried first where nothing is to be shown
 * @param hops redirects so far
 * @param forGood whether each of them was permanent
 */
record Journey(Question question, URI at, boolean get, int hops, boolean forGood) {

	static Journey of(Question question) {
		return new Journey(question, question.address(), question.picture(), 0, true);
	}

	String host() {
		return String.valueOf(this.at.getHost()).toLowerCase(Locale.ROOT);
	}

	Journey withGet() {
		return new Journey(this.question, this.at, true, this.hops, this.forGood);
	}

	Journey to(URI next, boolean permanent) {
		return new Journey(this.question, next, this.question.picture(), this.hops + 1, this.forGood && permanent);
	}

}
