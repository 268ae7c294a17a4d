package dev.herald.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.newsletter.Newsletters;
import dev.herald.render.IssueCompiler;
import dev.herald.smtp.SmtpReply;
import dev.herald.subscriber.ConsentSource;
import dev.herald.subscriber.Subscriptions;
import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What one group writes, and what it writes when it is written again. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class LedgerGroupTests {

	private static final String OWNER = "a test";

	private final TestDatabase.Opened database;

	private final TestHerald herald;

	private final Issue issue;

	private final ActiveSend send;

	LedgerGroupTests(TestDatabase kind) {
		this.database = kind.open();
		this.herald = TestHerald.on(this.database);
		this.issue = this.herald.issue(this.herald.newsletter("weekly", 5), "one");
		Send scheduled = this.herald.get(Sends.class).schedule(this.issue, Instant.now(), ZoneOffset.UTC, OWNER);
		this.herald.get(SendStore.class).acquire(scheduled.id(), OWNER, Duration.ofMinutes(1));
		this.herald.get(AudienceFreeze.class)
			.freeze(scheduled.id(), this.issue.id(), this.issue.newsletterId(), (recipients) -> List.of());
		this.send = new ActiveSend(scheduled, OWNER, this.issue.newsletterId(),
				this.herald.get(IssueCompiler.class)
					.compile(this.herald.get(Issues.class).source(this.issue.versionId()),
							this.herald.get(Newsletters.class).byId(this.issue.newsletterId())),
				this.herald.get(CurrentSettings.class), this.herald.get(SendStore.class));
	}

	@AfterEach
	void close() {
		this.herald.close();
		this.database.close();
	}

	@Test
	void outcomesAndClaimsOfAllConnectionsAreWrittenTogether() {
		List<ReadyDelivery> due = due();
		List<GroupCommit.Member> first = List.of(claim(due.get(0)), claim(due.get(1)), claim(due.get(2)));
		write(first, false);
		assertThat(first).extracting(GroupCommit.Member::given).containsOnly(Claim.Answer.CLAIMED);

		Settlement accepted = Settlement.accepted(due.get(0).key());
		Settlement deferred = Settlement.deferred(due.get(1).key(), Instant.now().plusSeconds(60),
				new SmtpReply(450, "4.2.0", "450 4.2.0 later"));
		Settlement givenBack = Settlement.givenBack(due.get(2).key());
		write(List.of(new GroupCommit.Member(accepted, new Claim(this.send, due.get(3))),
				new GroupCommit.Member(deferred, null), new GroupCommit.Member(givenBack, null)), false);

		assertThat(states()).containsExactly("2 1", "3 1", "0 0", "1 1", "0 0");
	}

	@Test
	void aGroupWhoseCommitWasReportedAsFailedIsWrittenAgainWithoutHarm() {
		List<ReadyDelivery> due = due();
		write(List.of(claim(due.get(0))), false);
		GroupCommit.Member member = new GroupCommit.Member(Settlement.accepted(due.get(0).key()),
				new Claim(this.send, due.get(1)));

		write(List.of(member), false);
		write(List.of(member), true);

		assertThat(member.given()).isEqualTo(Claim.Answer.CLAIMED);
		assertThat(states()).containsExactly("2 1", "1 1", "0 0", "0 0", "0 0");
	}

	@Test
	void eachClaimOfAGroupGetsItsOwnAnswer() {
		List<ReadyDelivery> due = due();
		this.herald.get(Subscriptions.class)
			.unsubscribe(this.issue.newsletterId(), due.get(1).key().subscriberId(), ConsentSource.ADMIN, null);
		write(List.of(claim(due.get(2))), false);
		List<GroupCommit.Member> group = List.of(claim(due.get(0)), claim(due.get(1)));
		GroupCommit.Member sending = claim(due.get(3));
		this.database.jdbc()
			.sql("UPDATE delivery SET state = 2 WHERE subscriber_id = ?")
			.param(due.get(3).key().subscriberId())
			.update();

		write(List.of(group.get(0), group.get(1), sending), false);

		assertThat(List.of(group.get(0).given(), group.get(1).given(), sending.given()))
			.containsExactly(Claim.Answer.CLAIMED, Claim.Answer.SKIPPED, Claim.Answer.GONE);
		assertThat(states()).containsExactly("1 1", "6 0", "1 1", "2 0", "0 0");
	}

	@Test
	void aPausedSendClaimsNothingAndSkipsNobody() {
		this.herald.get(SendDecisions.class).pause(this.send.send().id(), OWNER);
		GroupCommit.Member member = claim(due().get(0));

		write(List.of(member), false);

		assertThat(member.given()).isEqualTo(Claim.Answer.STOPPED);
		assertThat(states()).containsOnly("0 0");
	}

	@Test
	void whoLostTheSendDoesNotTakeTheNewOwnersClaimForItsOwn() {
		GroupCommit.Member theirs = claim(due().get(0));
		write(List.of(theirs), false);
		this.database.jdbc().sql("UPDATE send SET owner = 'another process'").update();
		GroupCommit.Member ours = claim(due().get(1));

		write(List.of(theirs, ours), false);

		assertThat(List.of(theirs.given(), ours.given())).containsOnly(Claim.Answer.STOPPED);
		assertThat(states()).containsExactly("1 1", "0 0", "0 0", "0 0", "0 0");
	}

	@Test
	void whatIsWantedIsNotTakenForAcceptedBecauseItIsOnTheWayElsewhere() {
		List<ReadyDelivery> due = due();
		write(List.of(claim(due.get(0)), claim(due.get(1))), false);

		write(List.of(new GroupCommit.Member(Settlement.accepted(due.get(0).key()), new Claim(this.send, due.get(1)))),
				false);

		assertThat(states()).containsExactly("2 1", "1 1", "0 0", "0 0", "0 0");
	}

	private List<ReadyDelivery> due() {
		return this.herald.get(Claims.class).due(this.send.send().id(), DeliveryState.READY, 0, 0, 10);
	}

	private GroupCommit.Member claim(ReadyDelivery delivery) {
		return new GroupCommit.Member(null, new Claim(this.send, delivery));
	}

	private void write(List<GroupCommit.Member> group, boolean again) {
		this.herald.get(LedgerGroup.class).write(group, again);
	}

	/** State and attempts of each delivery, by subscriber. */
	private List<String> states() {
		return this.database.jdbc()
			.sql("SELECT state, attempts FROM delivery ORDER BY subscriber_id")
			.query((row, n) -> row.getInt("state") + " " + row.getInt("attempts"))
			.list();
	}

}
