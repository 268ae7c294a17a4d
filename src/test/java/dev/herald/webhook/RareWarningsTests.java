package dev.herald.webhook;

import java.time.Duration;

import dev.herald.testing.HandClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class RareWarningsTests {

	private final HandClock clock = new HandClock(Lines.NOW);

	private final RareWarnings warnings = new RareWarnings(this.clock);

	@Test
	void aFloodIsOneLineAMinute(CapturedOutput output) {
		for (int i = 0; i < 5_000; i++) {
			this.warnings.warn("A request was refused", "of the first minute");
		}
		this.warnings.warn("An event was passed over", "of another kind");
		this.clock.forward(Duration.ofSeconds(61));
		this.warnings.warn("A request was refused", "of the second minute");
		this.clock.forward(Duration.ofSeconds(61));
		this.warnings.warn("A request was refused", "of the third minute");

		assertThat(output.getAll().lines().filter((line) -> line.contains("RareWarnings")).toList()).hasSize(4);
		assertThat(output).contains("A request was refused: of the first minute")
			.contains("An event was passed over: of another kind")
			.contains("A request was refused: of the second minute (and 4999 times since the last line)")
			.contains("A request was refused: of the third minute");
		assertThat(output.getAll().lines().filter((line) -> line.contains("of the third")).toList()).singleElement()
			.asString()
			.endsWith("of the third minute");
	}

}
