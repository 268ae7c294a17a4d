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
 * delivery SENDING. While more than half of the connections is still transmitting, the
 * first member waits a moment for them. Thread-safe; each call blocks until the ledger
 * has what it brought.
 */
@Component
class GroupCommit {

	/**
	 * At most so long for others. Without it groups had one or two members wherever the
	 * processor was busier than the disk, and H2's commits took 220 us a message.
	 */
	private static final long GATHER_NANOS = 2_000_000;

	/** More than there are connections, usually; keeps a statement's length bounded. */
	private static final int LARGEST_GROUP = 64;

	private final LedgerPatience ledger;

	private final ReentrantLock lock = new ReentrantLock();

	private List<Member> waiting = new ArrayList<>();

	private boolean writing;

	/** Who has gathered enough, or waits for more. */
	private @Nullable Member gathering;

	/** Connections with a delivery that is claimed and not settled. */
	private int transmitting;

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
			this.transmitting -= (settlement != null) ? 1 : 0;
			if (!this.writing) {
				this.writing = true;
				member.leads = true;
			}
			if (this.gathering != null && isEnough()) {
				LockSupport.unpark(this.gathering.thread);
			}
		}
		finally {
			this.lock.unlock();
		}
		while (!member.done && !member.leads) {
			LockSupport.park(this);
		}
		if (!member.done) {
			lead(member);
		}
		return member.answer();
	}

	/**
	 * Half of the connections: while the ledger writes for one half, the other transmits.
	 * Waiting for three quarters took a tenth off the rate on a MariaDB, where writing is
	 * waiting; on H2 it made no difference.
	 */
	private boolean isEnough() {
		return this.waiting.size() >= Math.min(this.transmitting, LARGEST_GROUP);
	}

	/** Writes the group that waits, the caller's own among it. */
	private void lead(Member leader) {
		gather(leader);
		List<Member> group = takeGroup();
		try {
			this.ledger.write(group);
		}
		catch (RuntimeException | Error ex) {
			group.forEach((member) -> member.failure = ex);
		}
		finally {
			passOn(group);
			for (Member member : group) {
				member.done = true;
				LockSupport.unpark(member.thread);
			}
		}
	}

	private void gather(Member leader) {
		long end = System.nanoTime() + GATHER_NANOS;
		while (true) {
			this.lock.lock();
			try {
				boolean enough = isEnough() || System.nanoTime() - end >= 0;
				this.gathering = enough ? null : leader;
				if (enough) {
					return;
				}
			}
			finally {
				this.lock.unlock();
			}
			LockSupport.parkNanos(this, end - System.nanoTime());
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

	private void passOn(List<Member> written) {
		this.lock.lock();
		try {
			for (Member member : written) {
				this.transmitting += (member.given() == Claim.Answer.CLAIMED) ? 1 : 0;
			}
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

		/** Null where it claims nothing. */
		Claim.@Nullable Answer given() {
			return this.answer;
		}

		private Claim.@Nullable Answer answer() {
			if (this.failure != null) {
				throw new LedgerUnreachableException(this.failure);
			}
			return given();
		}

	}

}
