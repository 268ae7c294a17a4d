package dev.herald.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.herald.problem.Sentence;
import org.jspecify.annotations.Nullable;

/**
 * One scheduled or started delivery of an issue to an audience.
 *
 * @param versionId the version of the issue that goes out, pinned when the send was asked
 * for
 * @param rehearsal goes to the built-in mailbox, not to a relay
 * @param zone in which its time was chosen
 * @param reason why it waits or is held; null otherwise
 * @param audience null before the freeze
 * @param decidedAt when somebody last decided that it goes out: as it was asked for,
 * approved, continued or given another time
 * @param localAt the time of each reader's own clock at which they get it; null: all at
 * dueAt, which is that of the first otherwise
 * @param needsApproval by somebody else than who asked for it
 * @param approvedBy null as long as nobody has, or where nobody has to
 * @param cancelAt when a cancelling can't be taken back any more; null where nobody has
 * cancelled it
 * @param segment that it goes to, as it was called then; null: to all
 * @param resent the states that its deliveries had when it was asked for; empty for one
 * that is no resend
 */
public record Send(int id, int issueId, int versionId, SendStatus status, boolean rehearsal, Instant dueAt, ZoneId zone,
		@Nullable Sentence reason, @Nullable Audience audience, String requestedBy, Instant createdAt,
		Instant decidedAt, @Nullable Instant startedAt, @Nullable Instant finishedAt, @Nullable LocalDateTime localAt,
		boolean needsApproval, @Nullable String approvedBy, @Nullable Instant cancelAt, @Nullable OfSegment segment,
		Set<DeliveryState> resent) {

	public Send {
		resent = Set.copyOf(resent);
	}

	/** Goes to deliveries of earlier sends, which it takes over as it begins. */
	public boolean isResend() {
		return !this.resent.isEmpty();
	}

	/** Held until a second person approves it. */
	public boolean awaitsApproval() {
		return this.status == SendStatus.HELD && this.needsApproval && this.approvedBy == null;
	}

	/** Cancelled, and that can still be taken back. */
	public boolean isCancelling() {
		return this.status == SendStatus.HELD && this.cancelAt != null;
	}

	/**
	 * Whether somebody has just decided that it goes out: its first mail waits for
	 * nothing but the end of the undo window.
	 */
	public boolean isUndoable(Duration window) {
		return this.status == SendStatus.SCHEDULED && this.audience == null && !window.isZero() && !isPlanned(window);
	}

	/** Whether the time that it was given was further away than the undo window. */
	public boolean isPlanned(Duration window) {
		return Duration.between(this.decidedAt, this.dueAt).compareTo(window) > 0;
	}

	/**
	 * Whether its time can still be changed: nobody was counted for it so far. That of a
	 * resend can't.
	 */
	public boolean isMovable() {
		return this.audience == null && !isResend()
				&& (this.status == SendStatus.SCHEDULED || this.status == SendStatus.HELD);
	}

	/** A segment by the key and the name that it had when the send was asked for. */
	public record OfSegment(String key, String name) {
	}

	/**
	 * The audience as it was frozen:
	 * {@code subscriptions = recipients + unconfirmed + unsubscribed + suppressed + paused + alreadyInLedger + outside}.
	 *
	 * @param outside the send's segment, of those whom nothing else excludes
	 */
	public record Audience(int subscriptions, int recipients, int unconfirmed, int unsubscribed, int suppressed,
			int paused, int alreadyInLedger, int outside) {

		/** Of a send to all. */
		public Audience(int subscriptions, int recipients, int unconfirmed, int unsubscribed, int suppressed,
				int paused, int alreadyInLedger) {
			this(subscriptions, recipients, unconfirmed, unsubscribed, suppressed, paused, alreadyInLedger, 0);
		}

		/**
		 * The exclusions in words: "12 unsubscribed, 3 suppressed"; "none is excluded"
		 * where there are none.
		 */
		public Sentence exclusions() {
			Map<String, Integer> named = new LinkedHashMap<>();
			named.put("delivery.excluded.unsubscribed", this.unsubscribed);
			named.put("delivery.excluded.suppressed", this.suppressed);
			named.put("delivery.excluded.paused", this.paused);
			named.put("delivery.excluded.unconfirmed", this.unconfirmed);
			named.put("delivery.excluded.already", this.alreadyInLedger);
			named.put("delivery.excluded.outside", this.outside);
			List<Sentence> excluded = named.entrySet()
				.stream()
				.filter((entry) -> entry.getValue() > 0)
				.map((entry) -> Sentence.of(entry.getKey(), entry.getValue()))
				.toList();
			return excluded.isEmpty() ? Sentence.of("delivery.excluded.none")
					: Sentence.join("delivery.comma", excluded);
		}
	}

}
