package dev.herald.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Lets all connections share their commits. A connection brings the outcome of the
 * delivery it has done and the claim of its next one; whoever comes while a group is
 * being written is in the next group, which its first member writes for all. So a message
 * costs a share of a commit (one for each alone took 400 us on a MariaDB and 300 us on
 * H2, a share of eight a tenth of that), and a connection never has more than one
 * delivery SENDING. Thread-safe; each call blocks until the ledger has what it brought.
 */
@Component
class GroupCommit {

	/** More than there are connections, usually; keeps a statement's length bounded. */
	private static final int LARGEST_GROUP = 64;

	private final LedgerPatience ledger;

	private final ReentrantLock lock = new ReentrantLock();

	private List<Member> waiting = new ArrayList<>();

	private boolean writing;

	GroupCommit(LedgerPatience ledger) {
		this.ledger = ledger;
	}

	void settle(Settlement settlement) {
		exchange(settlement, null);
	}

	/**
	 * @param settlement of the delivery before; null where there was none
	 */
	Claim.Answer claim(@Nullable Settlement settlement, Claim claim) {
		Claim.Answer answer = exchange(settlement, claim);
		return (answer != null) ? answer : Claim.Answer.STOPPED;
	}

	private Claim.@Nullable Answer exchange(@Nullable Settlement settlement, @Nullable Claim claim) {
		Member member = new Member(settlement, claim);
		this.lock.lock();
		try {
			this.waiting.add(member);
			if (!this.writing) {
				this.writing = true;
				member.leads = true;
			}
		}
		finally {
			this.lock.unlock();
		}
		while (!member.done && !member.leads) {
			LockSupport.park(this);
		}
		if (!member.done) {
			lead();
		}
		return member.answer();
	}

	/** Writes the group that waits, the caller's own among it. */
	private void lead() {
		List<Member> group = takeGroup();
		try {
			this.ledger.write(group);
		}
		catch (RuntimeException | Error ex) {
			group.forEach((member) -> member.failure = ex);
		}
		finally {
			passOn();
			for (Member member : group) {
				member.done = true;
				LockSupport.unpark(member.thread);
			}
		}
	}

	private List<Member> takeGroup() {
		this.lock.lock();
		try {
			List<Member> all = this.waiting;
			int size = Math.min(all.size(), LARGEST_GROUP);
			this.waiting = new ArrayList<>(all.subList(size, all.size()));
			return new ArrayList<>(all.subList(0, size));
		}
		finally {
			this.lock.unlock();
		}
	}

	private void passOn() {
		this.lock.lock();
		try {
			if (this.waiting.isEmpty()) {
				this.writing = false;
				return;
			}
			Member next = this.waiting.get(0);
			next.leads = true;
			LockSupport.unpark(next.thread);
		}
		finally {
			this.lock.unlock();
		}
	}

	/** One connection's part in a group. */
	static final class Member {

		private final Thread thread = Thread.currentThread();

		private final @Nullable Settlement settlement;

		private final @Nullable Claim claim;

		private Claim.@Nullable Answer answer;

		private @Nullable Throwable failure;

		private volatile boolean leads;

		private volatile boolean done;

		Member(@Nullable Settlement settlement, @Nullable Claim claim) {
			this.settlement = settlement;
			this.claim = claim;
		}

		@Nullable Settlement settlement() {
			return this.settlement;
		}

		@Nullable Claim claim() {
			return this.claim;
		}

		/** By the one thread that writes the group. */
		void answer(Claim.Answer given) {
			this.answer = given;
		}

		private Claim.@Nullable Answer answer() {
			if (this.failure != null) {
				throw new LedgerUnreachableException(this.failure);
			}
			return this.answer;
		}

	}

}
