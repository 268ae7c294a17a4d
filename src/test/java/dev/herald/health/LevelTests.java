package dev.herald.health;

import java.time.Duration;

import dev.herald.health.Condition.Level;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class LevelTests {

	@ParameterizedTest
	@CsvSource({ "0, GOOD", "3, GOOD", "-3, GOOD", "4, WARNING", "-15, WARNING", "16, BAD", "-3600, BAD" })
	void clocksMayDifferByLessThanALease(long seconds, Level level) {
		assertThat(DatabaseCheck.clock(Duration.ofSeconds(seconds)).level()).isEqualTo(level);
	}

	@ParameterizedTest
	@CsvSource({ "50000000000, false, GOOD, 50.0 GB free for /data.",
			"999999999, false, WARNING, Only 1.0 GB free for /data.",
			"199999999, false, BAD, Only 0.2 GB free for /data.",
			"50000000000, true, BAD, Herald can’t write to /data." })
	void aDiskIsWatchedBeforeItIsFull(long free, boolean readOnly, Level level, String said) {
		Condition condition = DiskCheck.room("/data", free, readOnly);
		assertThat(condition.level()).isEqualTo(level);
		assertThat(condition.what()).hasToString(said);
	}

}
