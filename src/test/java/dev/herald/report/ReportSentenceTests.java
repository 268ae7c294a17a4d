package dev.herald.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.herald.bounce.BounceWaves;
import dev.herald.bounce.BounceWaves.Wave;
import dev.herald.bounce.Bounces.BounceCount;
import dev.herald.delivery.DeliveryCounts;
import dev.herald.delivery.DeliveryState;
import dev.herald.delivery.Ledger;
import dev.herald.delivery.LedgerFigures;
import dev.herald.delivery.Send;
import dev.herald.delivery.SendStatus;
import dev.herald.returns.BounceClass;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReportSentenceTests {

	private static final ReportWords ENGLISH = ReportWords.english();

	private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

	@Test
	void whatWasNotSentIsSaidToBeSo() {
		assertThat(ReportSentence.of(null, new DeliveryCounts(Map.of()), null, 0, 0, 0).in(ENGLISH))
			.isEqualTo("It has not been sent.");
		assertThat(ReportSentence.of(send(SendStatus.SCHEDULED, false), new DeliveryCounts(Map.of()), null, 0, 0, 0)
			.in(ENGLISH)).isEqualTo("Nothing has left: its send is scheduled.");
	}

	@Test
	void aPersonWouldSayItSo() {
		DeliveryCounts counts = new DeliveryCounts(
				Map.of(DeliveryState.ACCEPTED, 11_902, DeliveryState.REJECTED, 1, DeliveryState.UNCERTAIN, 2));
		assertThat(ReportSentence
			.of(send(SendStatus.DONE, false), counts, new Ledger.Span(NOON, NOON.plus(Duration.ofMinutes(14))), 31, 9,
					0)
			.in(ENGLISH))
			.isEqualTo("11,902 of 11,905 accepted within 14 minutes; 2 are uncertain and wait for a decision; "
					+ "1 was rejected; 31 addresses are dead; 9 readers left.");
	}

	@Test
	void aSendThatWasWarmedUpTookDaysAndNotHundredsOfHours() {
		assertThat(ReportSentence
			.of(send(SendStatus.DONE, false), new DeliveryCounts(Map.of(DeliveryState.ACCEPTED, 5)),
					new Ledger.Span(NOON, NOON.plus(Duration.ofHours(247))), 0, 0, 0)
			.in(ENGLISH)).isEqualTo("5 of 5 accepted within 10 days.");
	}

	@Test
	void aRehearsalIsNeverCalledASend() {
		assertThat(ReportSentence
			.of(send(SendStatus.DONE, true), new DeliveryCounts(Map.of(DeliveryState.ACCEPTED, 5)),
					new Ledger.Span(NOON, NOON), 0, 0, 1)
			.in(ENGLISH))
			.isEqualTo("5 of 5 accepted by the built-in mailbox in a rehearsal within 1 second; "
					+ "1 reader reported it as spam.");
	}

	@Test
	void theTextNamesEveryFigure() {
		Send send = send(SendStatus.DONE, false);
		DeliveryCounts counts = new DeliveryCounts(Map.of(DeliveryState.ACCEPTED, 1_200, DeliveryState.REJECTED, 3));
		DeliveryReport report = new DeliveryReport("weekly", "one", "The Issue",
				ReportSentence.of(send, counts, null, 7, 0, 0), send,
				new LedgerFigures(List.of(new LedgerFigures.Count(1, 1, "gmail", DeliveryState.ACCEPTED, 1_200),
						new LedgerFigures.Count(1, 2, "outlook", DeliveryState.REJECTED, 3)), List.of()),
				List.of(new BounceCount(BounceClass.HARD, "userunknown", 7)), List.of(),
				List.of(new Wave(4, 1, 1, "one", 2, "550 5.1.1 unknown", 30, 90, BounceWaves.State.HELD)), 2, 1,
				List.of(), List.of());
		assertThat(ReportText.of(report, ZoneOffset.UTC)).isEqualTo(
				"""
						The Issue (weekly/one)
						1,200 of 1,203 accepted; 3 were rejected; 7 addresses are dead.

						  send           done
						  due            2026-11-24 12:00:00 Z
						  finished       2026-11-24 12:00:00 Z
						  audience           1,203  of 1,210 subscriptions; 4 unsubscribed, 3 suppressed
						  accepted           1,200
						  rejected               3
						  hard bounce            7  userunknown
						  held                  30  of these say the same, from one mailbox provider; they count as soft until you decide: herald bounce waves (4: 550 5.1.1 unknown)
						  unsubscribed           2
						  complaints             1
						""");
	}

	private static Send send(SendStatus status, boolean rehearsal) {
		return new Send(1, 1, 1, status, rehearsal, NOON, ZoneOffset.UTC, null,
				new Send.Audience(1_210, 1_203, 0, 4, 3, 0, 0), "a test", NOON, NOON, NOON, NOON, null, false, null,
				null, null, Set.of());
	}

}
