package dev.herald.delivery;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.newsletter.Newsletters;
import dev.herald.problem.KeptSentence;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import dev.herald.render.CompiledIssue;
import dev.herald.render.IssueCompiler;
import dev.herald.settings.NeedsBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Works on sends in this process: freezes, delivers, settles. Thread-safe. */
@NeedsBatch
@Component
public class SendRunner {

	private static final Logger logger = LoggerFactory.getLogger(SendRunner.class);

	/** Before a send is looked at again that the database did not let go on. */
	private static final Duration DATABASE_PAUSE = Duration.ofSeconds(2);

	private static final Duration MOST_SLACK = Duration.ofSeconds(15);

	private final String owner = newOwner();

	private final SendStore store;

	private final Admissions admissions;

	private final Approval approval;

	private final Continuity continuity;

	private final ActiveSends active;

	private final Claims claims;

	private final SendRounds rounds;

	private final Leases leases;

	private final Issues issues;

	private final Newsletters newsletters;

	private final IssueCompiler compiler;

	private final SendFigures figures;

	private final Routes routes;

	private final CurrentSettings settings;

	private final Clock clock;

	SendRunner(SendStore store, Admissions admissions, Approval approval, Continuity continuity, ActiveSends active,
			Claims claims, SendRounds rounds, Leases leases, Issues issues, Newsletters newsletters,
			IssueCompiler compiler, SendFigures figures, Routes routes, CurrentSettings settings, Clock clock) {
		this.store = store;
		this.admissions = admissions;
		this.approval = approval;
		this.continuity = continuity;
		this.active = active;
		this.claims = claims;
		this.rounds = rounds;
		this.leases = leases;
		this.issues = issues;
		this.newsletters = newsletters;
		this.compiler = compiler;
		this.figures = figures;
		this.routes = routes;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Delivers a send until it is settled, or until another process owns it. Blocks, over
	 * the pauses of deferred deliveries too. Continues a send that a dead process left:
	 * what that had begun is UNCERTAIN then.
	 */
	public RunResult run(int sendId) {
		while (true) {
			RoundResult round = runRound(sendId);
			if (round instanceof RoundResult.Again again) {
				if (!this.active.pause(Duration.between(this.clock.instant(), again.at()))) {
					return new RunResult.Stopped(require(sendId));
				}
			}
			else if (round instanceof RoundResult.Elsewhere elsewhere) {
				return new RunResult.OwnedElsewhere(elsewhere.owner());
			}
			else {
				Send send = require(sendId);
				return send.status().isUnfinished() ? new RunResult.Stopped(send) : new RunResult.Finished(send);
			}
		}
	}

	/** One round: everything that is due now. Blocks until then. */
	RoundResult runRound(int sendId) {
		try {
			return tryRound(sendId);
		}
		catch (LedgerUnreachableException | DataAccessException | TransactionException ex) {
			logger.warn("Send {} pauses, since the database can't be used; it goes on by itself: {}", sendId,
					ex.toString());
			return new RoundResult.Again(this.clock.instant().plus(DATABASE_PAUSE));
		}
	}

	private RoundResult tryRound(int sendId) {
		Send send = require(sendId);
		if (this.active.isClosing()) {
			return new RoundResult.Again(this.clock.instant());
		}
		Admission admission = this.admissions.ask(send, this.owner, this.leases.length(), this.settings.send().grace());
		if (admission instanceof Admission.Later later) {
			return new RoundResult.Again(later.at());
		}
		if (admission instanceof Admission.Elsewhere elsewhere) {
			return new RoundResult.Elsewhere(elsewhere.owner());
		}
		return (admission instanceof Admission.Granted) ? runHolding(send) : new RoundResult.Ended();
	}

	private RoundResult runHolding(Send send) {
		try {
			return runOwned(send);
		}
		catch (Problem problem) {
			this.store.hold(send.id(), this.owner, KeptSentence.of(problem));
			logger.warn("Send {} is held: {}", send.id(), problem.getMessage());
			return new RoundResult.Ended();
		}
	}

	private RoundResult runOwned(Send send) {
		Issue issue = this.issues.byId(send.issueId());
		this.routes.of(send);
		CompiledIssue compiled = compile(send, issue);
		this.approval.require(send, this.owner, compiled);
		ActiveSend work = new ActiveSend(send, this.owner, issue.newsletterId(), compiled, this.settings, this.store);
		if (!this.active.add(work)) {
			return new RoundResult.Elsewhere(this.owner);
		}
		Leases.Lease lease = this.leases.keep(work);
		try {
			recover(send);
			this.rounds.run(send.id());
			return afterRound(work);
		}
		finally {
			lease.end();
			this.active.remove(work);
		}
	}

	private CompiledIssue compile(Send send, Issue issue) {
		return this.compiler.compile(this.issues.source(send.versionId()), this.newsletters.byId(issue.newsletterId()));
	}

	/**
	 * What a process that died had claimed, it may have sent: nobody knows, and a person
	 * decides.
	 */
	private void recover(Send send) {
		int uncertain = this.claims.abandonClaims(send.id());
		if (uncertain > 0) {
			logger.warn("Send {} was interrupted: {} deliveries are uncertain and are not sent again by themselves",
					send.id(), uncertain);
		}
	}

	private RoundResult afterRound(ActiveSend work) {
		int sendId = work.send().id();
		this.continuity.beat();
		Sentence hold = work.holdReason();
		if (hold != null) {
			throw Problem.work(hold);
		}
		if (work.mustStop()) {
			this.store.disown(sendId, this.owner);
			return new RoundResult.Again(this.clock.instant());
		}
		Instant next = this.claims.nextDue(sendId);
		if (next == null) {
			this.store.finish(sendId, this.owner);
			// Paused or cancelled meanwhile, it is not finished, and no longer ours
			// either.
			this.store.disown(sendId, this.owner);
			this.figures.keep(sendId);
			return new RoundResult.Ended();
		}
		this.store.disown(sendId, this.owner);
		return new RoundResult.Again(together(next));
	}

	/**
	 * Somewhat after the first of them is due, so that what was deferred together is one
	 * round.
	 */
	private Instant together(Instant next) {
		Duration slack = this.settings.send().retry().first().dividedBy(4);
		boolean due = !next.isAfter(this.clock.instant());
		return due ? next : next.plus((slack.compareTo(MOST_SLACK) < 0) ? slack : MOST_SLACK);
	}

	private Send require(int sendId) {
		return this.store.find(sendId).orElseThrow(() -> Problem.usage(Sentence.of("delivery.unknown", sendId)));
	}

	/** What one round came to. */
	sealed interface RoundResult {

		/** There is more to do, then. */
		record Again(Instant at) implements RoundResult {
		}

		record Elsewhere(String owner) implements RoundResult {
		}

		/** Settled, held or cancelled: its status says. */
		record Ended() implements RoundResult {
		}

	}

	/** What came of working on a send. */
	public sealed interface RunResult {

		record Finished(Send send) implements RunResult {
		}

		/** Another living process works on it. */
		record OwnedElsewhere(String owner) implements RunResult {
		}

		/** It waits for a person, or was stopped. */
		record Stopped(Send send) implements RunResult {
		}

	}

	/**
	 * Names this process to people: host, process id, and a random part, since both of
	 * those come again.
	 */
	private static String newOwner() {
		String host;
		try {
			host = InetAddress.getLocalHost().getHostName();
		}
		catch (UnknownHostException ex) {
			host = "this-host";
		}
		return "%.60s pid %d %s".formatted(host, ProcessHandle.current().pid(),
				UUID.randomUUID().toString().substring(0, 8));
	}

}
