package dev.herald.listener;

import java.util.List;
import java.util.Locale;

import dev.herald.bounce.Rows;
import dev.herald.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What the listener accepts is on record, for the delivery that the envelope names. */
@ParameterizedClass
@CsvSource({ "H2, smtp", "H2, lmtp", "MYSQL, smtp" })
class HandingOverTests {

	private static final String ACCEPTED = "250 2.0.0 Recorded";

	private final ListenerFixture fixture;

	private final WireClient client;

	HandingOverTests(TestDatabase kind, String protocol) {
		this.fixture = new ListenerFixture(kind);
		this.fixture.start("protocol=" + protocol);
		this.client = this.fixture.connect();
		this.client.say(protocol.equals("lmtp") ? "LHLO mx.example.net" : "EHLO mx.example.net");
	}

	@AfterEach
	void close() {
		this.client.close();
		this.fixture.close();
	}

	private String report(int subscriber) {
		return ListenerFixture.report("To: somebody@example.org\n", Rows.address(subscriber));
	}

	private List<String> unsubscribed() {
		return List.of(1, 2, 3)
			.stream()
			.filter((id) -> !this.fixture.rows().state(id).equals("ACTIVE"))
			.map(String::valueOf)
			.toList();
	}

	@Test
	void aBounceSuppressesAndTheSameAgainChangesNothing() {
		assertThat(this.client.mail("", this.fixture.bounces(1), report(1))).isEqualTo(ACCEPTED);
		assertThat(this.client.mail("", this.fixture.bounces(1), report(1))).isEqualTo(ACCEPTED);

		assertThat(this.fixture.rows().bounces()).containsExactly("1 HARD userunknown");
		assertThat(this.fixture.rows().suppressed()).containsExactly("reader1@example.net HARD_BOUNCE");
	}

	@Test
	void anUnsubscribeEndsTheSubscriptionWhateverTheMailSays() {
		assertThat(this.client.mail("reader1@example.net", this.fixture.unsubscribes(1), "Subject: x\r\n\r\n"))
			.isEqualTo(ACCEPTED);
		assertThat(this.client.mail("", this.fixture.unsubscribes(2), "Subject: x\r\n\r\n"))
			.as("no person writes with the null sender")
			.isEqualTo(ACCEPTED);

		assertThat(unsubscribed()).containsExactly("1");
	}

	@Test
	void theEnvelopeNamesTheDeliveryAndNothingInTheMailAnotherOne() {
		String others = "Delivered-To: %1$s\nX-Original-To: %1$s\nTo: %1$s\nReturn-Path: <%1$s>\nMessage-ID: %2$s\n"
			.formatted(this.fixture.bounces(2), this.fixture.messageId(2));
		assertThat(this.client.mail("", this.fixture.bounces(1), ListenerFixture.report(others, Rows.address(1))))
			.isEqualTo(ACCEPTED);
		assertThat(this.client.mail("", this.fixture.bounces(3),
				ListenerFixture.report(" " + this.fixture.bounces(2) + "\n", Rows.address(3))))
			.as("folded into the field before it: then it has no header, and says nothing to a machine")
			.isEqualTo(ACCEPTED);
		assertThat(this.fixture.rows().bounces()).allMatch((bounce) -> !bounce.startsWith("2 "))
			.contains("1 HARD userunknown");

		String leaving = "Delivered-To: %1$s\r\nTo: %1$s\r\n\r\n".formatted(this.fixture.unsubscribes(2));
		assertThat(this.client.mail("reader1@example.net", this.fixture.unsubscribes(1), leaving)).isEqualTo(ACCEPTED);
		assertThat(unsubscribed()).containsExactly("1");
	}

	@Test
	void anAddressForReportsUnsubscribesNobodyAndOneForUnsubscribingTakesNoReport() {
		String leaving = "Delivered-To: %1$s\r\nTo: %1$s\r\n\r\n".formatted(this.fixture.unsubscribes(2));
		assertThat(this.client.mail("reader1@example.net", this.fixture.bounces(1), leaving)).startsWith("550 5.6.0");
		assertThat(unsubscribed()).isEmpty();

		String others = "To: %s\n".formatted(this.fixture.bounces(2));
		assertThat(this.client.mail("", this.fixture.unsubscribes(1), ListenerFixture.report(others, Rows.address(2))))
			.isEqualTo(ACCEPTED);
		assertThat(this.fixture.rows().bounces()).isEmpty();
	}

	@Test
	void aPersonWhoAnswersIsToldAndAMachineIsNot() {
		String letter = "From: Jo <jo@example.net>\r\nSubject: Your issue\r\n\r\nI liked it.\r\n";
		assertThat(this.client.mail("jo@example.net", this.fixture.bounces(1), letter))
			.isEqualTo("550 5.6.0 This address takes delivery reports and unsubscribes only; nobody reads it");
		assertThat(this.client.mail("", this.fixture.bounces(1), letter)).isEqualTo(ACCEPTED);
		assertThat(this.fixture.rows().bounces()).isEmpty();
		assertThat(this.client.mail("", this.fixture.bounces(1), report(1))).as("after a refusal").isEqualTo(ACCEPTED);
	}

	@Test
	void onlyAddressesWithAValidTokenAtTheBounceDomainAreKnown() {
		String address = this.fixture.bounces(1);
		String local = address.substring(0, address.indexOf('@'));
		for (String unknown : List.of("bounce@example.org", "postmaster@example.org", local + "@example.net",
				local.replaceFirst("\\+.{8}", "+aeaaaaaa") + "@example.org", local + "@example.org.example.net",
				local + "%example.org@example.net", "\"" + address + "\"@example.net", address + "@example.net",
				"\"" + address + " \"@example.org", local + "x@example.org", local, "@example.org", "")) {
			this.client.say("RSET");
			this.client.say("MAIL FROM:<>");
			assertThat(this.client.say("RCPT TO:<" + unknown + ">")).as(unknown).startsWith("550 5.1.1");
		}
		assertThat(this.client.say("DATA")).startsWith("503 5.5.1");
	}

	@Test
	void anAddressOfOursIsKnownInAllItsForms() {
		String address = this.fixture.bounces(1);
		String local = address.substring(0, address.indexOf('@'));
		for (String known : List.of(address, address.toUpperCase(Locale.ROOT), "\"" + local + "\"@example.org",
				"@relay.example.net,@b.example:" + address, this.fixture.unsubscribes(1),
				"prvs=0123456789=" + local.replace("bounce", "b") + "@Example.ORG")) {
			this.client.say("RSET");
			this.client.say("MAIL FROM:<>");
			assertThat(this.client.say("RCPT TO:<" + known + ">")).as(known).isEqualTo("250 2.1.5 Ok");
		}
		assertThat(this.client.say("RCPT TO:<x@example.net>")).startsWith("452 4.5.3");

		assertThat(this.client.say("RSET")).isEqualTo("250 2.0.0 Ok");
		assertThat(this.client.mail("", "\"" + local.toUpperCase(Locale.ROOT) + "\"@example.org", report(1)))
			.isEqualTo(ACCEPTED);
		assertThat(this.fixture.rows().bounces()).containsExactly("1 HARD userunknown");
	}

	@Test
	void withoutTheDatabaseTheClientKeepsTheMail() {
		this.fixture.closeDatabase();

		assertThat(this.client.mail("", this.fixture.bounces(1), report(1)))
			.isEqualTo("451 4.3.0 It can't be recorded now, try again later");
		assertThat(this.client.say("NOOP")).isEqualTo("250 2.0.0 Ok");
	}

	@Test
	void whatCannotBeRecordedWholeIsNotRecordedAtAll() {
		this.fixture.rows().jdbc().sql("ALTER TABLE suppression RENAME TO suppression_away").update();
		try {
			assertThat(this.client.mail("", this.fixture.bounces(1), report(1))).startsWith("451 4.3.0");
			assertThat(this.fixture.rows().bounces()).isEmpty();
		}
		finally {
			this.fixture.rows().jdbc().sql("ALTER TABLE suppression_away RENAME TO suppression").update();
		}
		assertThat(this.client.mail("", this.fixture.bounces(1), report(1))).isEqualTo(ACCEPTED);
		assertThat(this.fixture.rows().suppressed()).containsExactly("reader1@example.net HARD_BOUNCE");
	}

}
