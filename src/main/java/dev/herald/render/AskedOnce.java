package dev.herald.render;

import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * A question that takes time and is seldom asked: it is answered at its first use, and
 * then forgotten. Two threads that ask at once may both find the answer. Thread-safe.
 */
final class AskedOnce implements BooleanSupplier {

	private volatile @Nullable BooleanSupplier question;

	private volatile boolean answer;

	AskedOnce(BooleanSupplier question) {
		this.question = question;
	}

	@Override
	public boolean getAsBoolean() {
		BooleanSupplier open = this.question;
		if (open != null) {
			this.answer = open.getAsBoolean();
			this.question = null;
		}
		return this.answer;
	}

}
