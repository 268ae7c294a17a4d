package dev.herald.render;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AskedOnceTests {

	@Test
	void aQuestionIsAskedAtItsFirstUseAndOnce() {
		AtomicInteger asked = new AtomicInteger();
		AskedOnce<Integer> question = new AskedOnce<>(asked::incrementAndGet);
		assertThat(asked).hasValue(0);
		assertThat(question.get()).isEqualTo(1);
		assertThat(question.get()).isEqualTo(1);
		assertThat(asked).hasValue(1);
	}

}
