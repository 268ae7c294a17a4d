package dev.herald.subscriber;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import dev.herald.address.EmailAddress;
import dev.herald.problem.Problem;
import dev.herald.subscriber.Suppressions.Change;
import dev.herald.subscriber.Suppressions.Suppression;
import dev.herald.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class SuppressionsTests {

	private static final Instant NOW = Instant.parse("2026-03-29T01:30:00.123Z");

	private static final EmailAddress ANN = EmailAddress.parse("ann@example.org");

	private final TestDatabase.Opened database;

	private final Suppressions suppressions;

	SuppressionsTests(TestDatabase database) {
		this.database = database.open();
		this.suppressions = new Suppressions(this.database.jdbc(), this.database.transactionManager(), (event) -> {
		}, Clock.fixed(NOW, ZoneOffset.UTC));
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void theFirstReasonOfASuppressionStays() {
		EmailAddress address = EmailAddress.parse("Ann@Example.org");
		assertThat(this.suppressions.find(address)).isEmpty();
		assertThat(this.suppressions.suppress(address, SuppressionReason.HARD_BOUNCE, "550 5.1.1 no such user",
				Suppressions.HERALD))
			.isTrue();
		assertThat(this.suppressions.suppress(address, SuppressionReason.ADMIN, "", "bob")).isFalse();
		assertThat(this.suppressions.find(ANN))
			.contains(new Suppression(SuppressionReason.HARD_BOUNCE, "550 5.1.1 no such user", NOW));
		assertThat(this.suppressions.changes(ANN)).hasSize(1);
	}

	@Test
	void aPersonLiftsItWithAReasonAndBothStayOnRecord() {
		this.suppressions.suppress(ANN, SuppressionReason.HARD_BOUNCE, "550 no such user", Suppressions.HERALD);

		assertThat(this.suppressions.lift(ANN, "she wrote:\nit works again", "bob"))
			.hasValueSatisfying((lifted) -> assertThat(lifted.evidence()).isEqualTo("550 no such user"));

		assertThat(this.suppressions.find(ANN)).isEmpty();
		assertThat(this.suppressions.changes(ANN)).containsExactly(
				new Change(true, SuppressionReason.HARD_BOUNCE, "550 no such user", "", NOW),
				new Change(false, SuppressionReason.HARD_BOUNCE, "she wrote: it works again", "bob", NOW));
	}

	@Test
	void nothingIsLiftedWithoutAReasonOrWhereNothingIs() {
		this.suppressions.suppress(ANN, SuppressionReason.COMPLAINT, "abuse", Suppressions.HERALD);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.suppressions.lift(ANN, " \n", "bob"))
			.withMessageContaining("Say why");
		assertThat(this.suppressions.find(ANN)).isPresent();
		assertThat(this.suppressions.lift(EmailAddress.parse("cyd@example.org"), "why not", "bob")).isEmpty();
		assertThat(this.suppressions.changes(EmailAddress.parse("cyd@example.org"))).isEmpty();
	}

	@Test
	void evidenceIsKeptAsOneLineOfBoundedLength() {
		this.suppressions.suppress(ANN, SuppressionReason.ADMIN, "line\r\none\u0000 " + "📮".repeat(400), "bob");
		assertThat(this.suppressions.find(ANN).orElseThrow().evidence()).startsWith("line one 📮")
			.endsWith("📮")
			.hasSizeBetween(490, 500);
	}

	@Test
	void whatWasDoneLastIsTakenBackAndStaysOnRecord() {
		this.suppressions.suppress(ANN, SuppressionReason.HARD_BOUNCE, "550 no such user", Suppressions.HERALD);
		assertThat(this.suppressions.takeBack(this.suppressions.newest(ANN), "bob")).as("Herald's own").isFalse();
		this.suppressions.lift(ANN, "she wrote", "bob");
		long lifted = this.suppressions.newest(ANN);

		assertThat(this.suppressions.takeBack(lifted, "bob")).isTrue();

		assertThat(this.suppressions.find(ANN))
			.contains(new Suppression(SuppressionReason.HARD_BOUNCE, "550 no such user", NOW));
		assertThat(this.suppressions.takeBack(lifted, "bob")).as("overtaken").isFalse();
		assertThat(this.suppressions.takeBack(this.suppressions.newest(ANN), "bob")).as("back again").isTrue();
		assertThat(this.suppressions.find(ANN)).isEmpty();
		assertThat(this.suppressions.changes(ANN)).extracting(Change::suppressed)
			.containsExactly(true, false, true, false);
		assertThat(this.suppressions.takeBack(999, "bob")).as("no such change").isFalse();
	}

	@Test
	void theListGoesByAddressAPageAtATime() {
		for (String address : List.of("cyd@example.org", "Ann@Example.org", "anna@example.org", "bob_@example.org",
				"annb@example.org")) {
			this.suppressions.suppress(EmailAddress.parse(address), SuppressionReason.ADMIN, "by letter", "bob");
		}
		assertThat(addresses("", 0, 10)).containsExactly("ann@example.org", "anna@example.org", "annb@example.org",
				"bob_@example.org", "cyd@example.org");
		assertThat(addresses(" ANN@example.ORG ", 0, 10)).containsExactly("ann@example.org");
		assertThat(addresses("ann", 0, 2)).containsExactly("ann@example.org", "anna@example.org");
		assertThat(addresses("ann", this.suppressions.newest(EmailAddress.parse("anna@example.org")), 2))
			.containsExactly("annb@example.org");
		assertThat(addresses("bob%", 0, 10)).isEmpty();
		assertThat(this.suppressions.page("cyd", 0, 1)).singleElement().satisfies((listed) -> {
			assertThat(this.suppressions.addressOf(listed.number())).contains(listed.address());
			assertThat(listed.suppression()).isEqualTo(new Suppression(SuppressionReason.ADMIN, "by letter", NOW));
		});
	}

	private List<String> addresses(String text, long after, int limit) {
		return this.suppressions.page(text, after, limit).stream().map((listed) -> listed.address().value()).toList();
	}

}
