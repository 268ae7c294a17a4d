package dev.herald.render;

import java.util.Objects;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A question that takes time and is seldom asked: it is answered at its first use, and
 * then forgotten. Two threads that ask at once may both find the answer. Thread-safe.
 */
final class AskedOnce<T> implements Supplier<T> {

	private volatile @Nullable Supplier<T> question;

	private volatile @Nullable T answer;

	AskedOnce(Supplier<T> question) {
		this.question = question;
	}

	@Override
	public T get() {
		Supplier<T> open = this.question;
		T known = this.answer;
		if (known == null) {
			// The answer is there before the question is gone.
			known = (open != null) ? open.get() : Objects.requireNonNull(this.answer);
			this.answer = known;
			this.question = null;
		}
		return known;
	}

}
