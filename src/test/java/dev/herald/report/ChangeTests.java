package dev.herald.report;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import dev.herald.delivery.DeliveryCounts;
import dev.herald.delivery.DeliveryState;
import dev.herald.delivery.LedgerFigures.ByProvider;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ChangeTests {

	private static final List<IssueFigures> USUAL = Collections.nCopies(10, issue(990, 2, 1, 0));

	@Test
	void anIssueLikeTheOthersIsSaidToBeSo() {
		assertThat(say(issue(988, 3, 1, 1), USUAL)).isEqualTo("Much as the 10 issues before it.");
	}

	@Test
	void fewerAcceptedNamesTheProviderBehindIt() {
		assertThat(say(issue(900, 2, 1, 0), USUAL, new ByProvider(2, "outlook", states(10, 90)),
				new ByProvider(1, "gmail", states(890, 10))))
			.isEqualTo("90.0 % were accepted, usually 99.0 %; 90 of these 100 at outlook.");
	}

	@Test
	void noProviderIsBlamedForLessThanHalf() {
		assertThat(say(issue(900, 2, 1, 0), USUAL, new ByProvider(2, "outlook", states(10, 40)),
				new ByProvider(1, "gmail", states(890, 60)), new ByProvider(3, "yahoo", states(0, 40))))
			.isEqualTo("90.0 % were accepted, usually 99.0 %.");
	}

	@Test
	void moreDeadAndMoreWhoLeftAreToldInOneSentence() {
		assertThat(say(issue(990, 31, 9, 6), USUAL))
			.isEqualTo("3.1 % of the addresses are dead, usually 0.2 %; 0.90 % of the readers left, usually 0.10 %; "
					+ "0.60 % reported it as spam, usually 0.00 %.");
	}

	@Test
	void aHandfulOfReadersIsNoNews() {
		assertThat(say(issue(990, 5, 4, 4), USUAL)).isEqualTo("Much as the 10 issues before it.");
	}

	@Test
	void whatIsStillToGoIsNoNewsButWhoIsDeadAlreadyIs() {
		assertThat(sayUnderWay(issue(100, 0, 0, 0), USUAL))
			.isEqualTo("It is still going out: how it compares shows when it is over.");
		assertThat(sayUnderWay(issue(100, 31, 0, 0), USUAL))
			.isEqualTo("3.1 % of the addresses are dead, usually 0.2 %.");
		assertThat(sayUnderWay(issue(100, 31, 0, 0), List.of()))
			.isEqualTo("There is no issue before it to compare it with.");
	}

	@Test
	void tooFewIssuesSayNothingOfWhatIsUsual() {
		assertThat(say(issue(500, 2, 1, 0), List.of())).isEqualTo("There is no issue before it to compare it with.");
		assertThat(say(issue(500, 2, 1, 0), USUAL.subList(0, 2)))
			.isEqualTo("There are 2 issues before it, too few to say what is usual.");
	}

	private static String say(IssueFigures now, List<IssueFigures> before, ByProvider... providers) {
		return Change.of(now, false, before, List.of(providers), (provider) -> 0).in(ReportWords.english());
	}

	private static String sayUnderWay(IssueFigures now, List<IssueFigures> before) {
		return Change.of(now, true, before, List.of(), (provider) -> 0).in(ReportWords.english());
	}

	private static DeliveryCounts states(int accepted, int rejected) {
		return new DeliveryCounts(Map.of(DeliveryState.ACCEPTED, accepted, DeliveryState.REJECTED, rejected));
	}

	private static IssueFigures issue(int accepted, int dead, int left, int complaints) {
		return new IssueFigures(1, "one", "One", Instant.EPOCH, 1_000, accepted, 1_000 - accepted, dead, left,
				complaints);
	}

}
