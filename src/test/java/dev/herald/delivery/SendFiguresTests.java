package dev.herald.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.herald.issue.Issue;
import dev.herald.newsletter.Newsletter;
import dev.herald.smtp.SmtpReply;
import dev.herald.testing.ScriptedSmtpServer;
import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;
import dev.herald.tracking.DeliveryKey;
import dev.herald.tracking.DeliveryReceived;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A send to 40 readers that is over: 20 accepted, 10 rejected, 10 uncertain. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class SendFiguresTests {

	private final TestDatabase.Opened database;

	private final ScriptedSmtpServer relay = ScriptedSmtpServer.start();

	private final TestHerald herald;

	private final Issue issue;

	private final Send send;

	private final SendFigures figures;

	SendFiguresTests(TestDatabase database) {
		this.database = database.open();
		this.herald = TestHerald.on(this.database, "spring.mail.host=127.0.0.1",
				"spring.mail.port=" + this.relay.port(), "herald.allow-local-base-url=true");
		Newsletter newsletter = this.herald.newsletter("weekly", 40);
		this.issue = this.herald.issue(newsletter, "one");
		this.send = this.herald.get(Sends.class).schedule(this.issue, Instant.now(), ZoneOffset.UTC, "a test");
		this.figures = this.herald.get(SendFigures.class);
	}

	@BeforeEach
	void asARelayLeftIt() {
		this.herald.get(AudienceFreeze.class)
			.freeze(this.send.id(), this.issue.id(), this.issue.newsletterId(), (recipients) -> List.of());
		this.database.jdbc()
			.sql("""
					UPDATE delivery SET provider = MOD(subscriber_id, 3), attempts = 1, changed_at = 1000 + 30 * subscriber_id,
					state = CASE WHEN MOD(subscriber_id, 4) = 0 THEN 4 WHEN MOD(subscriber_id, 4) = 1 THEN 5 ELSE 2 END
					""")
			.update();
		this.database.jdbc().sql("UPDATE send SET status = 'DONE'").update();
	}

	@AfterEach
	void close() {
		this.herald.close();
		this.relay.close();
		this.database.close();
	}

	@Test
	void whatIsKeptIsWhatTheLedgerHas() {
		assertThat(this.figures.hold(this.send.id())).isFalse();
		LedgerFigures counted = this.figures.ofSend(this.send.id());
		this.figures.keepAll();
		assertThat(this.figures.hold(this.send.id())).isTrue();
		LedgerFigures kept = this.figures.ofSend(this.send.id());
		assertThat(kept.isSame(counted)).isTrue();
		assertThat(kept.byState().byState()).containsAllEntriesOf(
				Map.of(DeliveryState.ACCEPTED, 20, DeliveryState.REJECTED, 10, DeliveryState.UNCERTAIN, 10));
		assertThat(kept.accepted().stream().mapToInt(LedgerFigures.Minute::accepted).sum()).isEqualTo(20);
		assertThat(kept.span()).hasValue(new Ledger.Span(LedgerTime.read(1060), LedgerTime.read(2170)));
		assertThat(kept.byProvider()).extracting((one) -> one.states().recipients()).containsExactly(14, 13, 13);
		assertThat(this.figures.countsOf(this.issue.id()).byState()).isEqualTo(kept.byState());
	}

	@Test
	void aSendUnderWayIsNotKept() {
		this.database.jdbc().sql("UPDATE send SET status = 'RUNNING'").update();
		this.figures.keepAll();
		this.figures.keep(this.send.id());
		assertThat(this.figures.hold(this.send.id())).isFalse();
		this.database.jdbc().sql("UPDATE send SET status = 'CANCELLED'").update();
		this.database.jdbc().sql("UPDATE delivery SET state = 1 WHERE subscriber_id = 4").update();
		this.figures.keepAll();
		assertThat(this.figures.hold(this.send.id())).as("one is in flight").isFalse();
		assertThat(this.figures.ofSend(this.send.id()).byState().of(DeliveryState.SENDING)).isEqualTo(1);
	}

	@Test
	void aReaderWhoSettlesAnUncertainDeliveryChangesTheFiguresAtOnce() {
		this.figures.keepAll();
		publish(1);
		publish(1);
		publish(2);
		assertThat(this.figures.hold(this.send.id())).as("still kept, not counted anew").isTrue();
		assertThat(this.figures.wrong(this.issue.id())).isEmpty();
		assertThat(this.figures.ofSend(this.send.id()).byState().of(DeliveryState.UNCERTAIN)).isEqualTo(9);
		assertThat(this.figures.ofSend(this.send.id()).isSame(this.figures.counted(this.send.id()))).isTrue();
	}

	@Test
	void anAnswerThatComesLateIsSeenAndCountedAnew() {
		this.figures.keepAll();
		this.herald.get(LedgerGroup.class)
			.write(List.of(new GroupCommit.Member(Settlement.accepted(key(5)), null)), false);
		assertThat(this.figures.hold(this.send.id())).isFalse();
		assertThat(this.figures.ofSend(this.send.id()).byState().of(DeliveryState.ACCEPTED)).isEqualTo(21);
		this.figures.keepAll();
		assertThat(this.figures.hold(this.send.id())).isTrue();
		assertThat(this.figures.ofSend(this.send.id()).byState().of(DeliveryState.ACCEPTED)).isEqualTo(21);
	}

	@Test
	void whatIsSentAgainIsNoLongerTheFirstSends() {
		this.figures.keepAll();
		Resends resends = this.herald.get(Resends.class);
		Send second = resends.send(resends.select(this.issue, EnumSet.of(DeliveryState.REJECTED)), false, "a test");
		assertThat(this.figures.ofSend(this.send.id()).byState().recipients()).as("it may be undone").isEqualTo(40);
		assertThat(this.herald.get(SendStore.class).acquire(second.id(), "begun", Duration.ofMinutes(1))).isTrue();
		this.herald.get(ResendList.class).takeOver(second, this.issue.newsletterId());
		assertThat(this.figures.ofSend(this.send.id()).byState().recipients()).isEqualTo(30);
		assertThat(this.figures.ofSend(second.id()).byState().of(DeliveryState.READY)).isEqualTo(10);
		assertThat(this.figures.ofIssue(this.issue.id()).byState().recipients()).isEqualTo(40);
		this.figures.keepAll();
		assertThat(this.figures.hold(this.send.id())).isTrue();
		assertThat(this.figures.wrong(this.issue.id())).isEmpty();
	}

	@Test
	void whatAPersonTakesForAcceptedIsCountedSo() {
		this.figures.keepAll();
		Resends resends = this.herald.get(Resends.class);
		resends.accept(resends.selectUncertain(this.issue));
		assertThat(this.figures.ofIssue(this.issue.id()).byState().of(DeliveryState.ACCEPTED)).isEqualTo(30);
		this.figures.keepAll();
		assertThat(this.figures.wrong(this.issue.id())).isEmpty();
	}

	@Test
	void figuresThatSomebodyWroteByHandAreFoundOut() {
		this.figures.keepAll();
		this.database.jdbc().sql("UPDATE send_count SET deliveries = deliveries + 1 WHERE state = 2").update();
		assertThat(this.figures.wrong(this.issue.id())).containsExactly(this.send.id());
	}

	/** Whatever happens, in whatever order: the figures are the ledger's. */
	@Test
	void afterAnyTurnOfEventsTheFiguresAreTheLedgers() {
		Random random = new Random(20261126);
		Resends resends = this.herald.get(Resends.class);
		LedgerGroup ledger = this.herald.get(LedgerGroup.class);
		for (int turn = 0; turn < 60; turn++) {
			int reader = 1 + random.nextInt(40);
			switch (random.nextInt(6)) {
				case 0 -> this.figures.keepAll();
				case 1, 2 -> publish(reader);
				case 3 -> ledger.write(List.of(new GroupCommit.Member(Settlement.accepted(key(reader)), null)), false);
				case 4 -> ledger.write(
						List.of(new GroupCommit.Member(
								Settlement.rejected(key(reader), new SmtpReply(550, "5.7.1", "no"), false), null)),
						false);
				default -> this.figures.keep(this.send.id());
			}
			assertThat(this.figures.ofSend(this.send.id()).isSame(this.figures.counted(this.send.id())))
				.as("turn " + turn)
				.isTrue();
		}
		resends.accept(resends.selectUncertain(this.issue));
		this.figures.keepAll();
		assertThat(this.figures.hold(this.send.id())).isTrue();
		assertThat(this.figures.wrong(this.issue.id())).isEmpty();
	}

	private void publish(int reader) {
		this.herald.publish(new DeliveryReceived(key(reader)));
	}

	private DeliveryKey key(int reader) {
		return new DeliveryKey(this.issue.id(), reader);
	}

}
