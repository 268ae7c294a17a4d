package dev.herald.web;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.herald.problem.Problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SendRequestTests {

	private static final Instant NOW = Instant.parse("2026-09-01T00:00:00Z");

	private final Words words = new Words(Clock.systemUTC());

	@Test
	void nowIsNowWhateverTheOtherFieldsHold() {
		SendRequest request = SendRequest.parse(Map.of("when", "now", "date", "rubbish"), NOW, this.words);
		assertThat(request.now()).isTrue();
		assertThat(request.choices()).containsExactly(new SendRequest.Choice(NOW, ""));
	}

	@Test
	void aWallClockTimeIsTakenInItsZone() {
		SendRequest request = at("2026-11-24", "08:00", "Asia/Shanghai");
		assertThat(request.zone()).isEqualTo(ZoneId.of("Asia/Shanghai"));
		assertThat(request.choices())
			.containsExactly(new SendRequest.Choice(Instant.parse("2026-11-24T00:00:00Z"), ""));
	}

	@Test
	void aTimeThatComesTwiceIsTwoChoices() {
		assertThat(at("2026-10-25", "02:30", "Europe/Berlin").choices()).containsExactly(
				new SendRequest.Choice(Instant.parse("2026-10-25T00:30:00Z"), "UTC+02:00"),
				new SendRequest.Choice(Instant.parse("2026-10-25T01:30:00Z"), "UTC+01:00"));
		assertThat(at("2026-10-25", "02:30", "Europe/Berlin").explanation())
			.isEqualTo("02:30 comes twice on that day in Europe/Berlin: the clocks are put back over it.");
	}

	@Test
	void aTimeThatNeverComesIsExplainedAndTakenByTheClockAsItWasBefore() {
		SendRequest request = at("2027-03-28", "02:30", "Europe/Berlin");
		assertThat(request.choices()).containsExactly(new SendRequest.Choice(Instant.parse("2027-03-28T01:30:00Z"), ""),
				new SendRequest.Choice(Instant.parse("2027-03-28T01:00:00Z"), ""));
		assertThat(request.explanation()).isEqualTo(
				"02:30 does not exist on that day in Europe/Berlin: the clocks go from 02:00 straight to 03:00.");
		assertThat(at("2027-03-28", "02:00", "Europe/Berlin").choices())
			.containsExactly(new SendRequest.Choice(Instant.parse("2027-03-28T01:00:00Z"), ""));
	}

	@Test
	void aTimeOfEachReadersOwnClockIsOneChoiceWhateverTheClocksDo() {
		SendRequest request = SendRequest.parse(
				Map.of("when", "at", "date", "2026-10-25", "time", "02:30", "zone", "Europe/Berlin", "local", "yes"),
				NOW, this.words);
		assertThat(request.localAt()).isEqualTo(LocalDateTime.parse("2026-10-25T02:30"));
		assertThat(request.choices())
			.containsExactly(new SendRequest.Choice(Instant.parse("2026-10-25T00:30:00Z"), ""));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			2026-08-31 | 08:00 | Asia/Shanghai  | has passed
			2028-01-01 | 08:00 | Asia/Shanghai  | more than a year
			2026-02-30 | 08:00 | Asia/Shanghai  | date can’t be read
			tomorrow   | 08:00 | Asia/Shanghai  | date can’t be read
			2026-11-24 | 25:00 | Asia/Shanghai  | time can’t be read
			2026-11-24 | 08:00 | Asia/Atlantis  | no such time zone
			2026-11-24 | 08:00 | <script>       | no such time zone
			""")
	void whatCantBeMeantIsRefusedWithItsReason(String date, String time, String zone, String reason) {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> at(date, time, zone)).withMessageContaining(reason);
	}

	private SendRequest at(String date, String time, String zone) {
		return SendRequest.parse(Map.of("when", "at", "date", date, "time", time, "zone", zone), NOW, this.words);
	}

}
