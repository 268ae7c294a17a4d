package dev.herald.bounce;

import java.time.Instant;
import java.util.List;

import dev.herald.address.EmailAddress;

/** The bounces on record. Thread-safe. */
public class Bounces {

	/** Of one issue, newest first, at most limit. */
	public List<RecordedBounce> ofIssue(int issueId, int limit) {
		throw new UnsupportedOperationException();
	}

	/** Recipients of an issue with at least one bounce, by class and reason. */
	public List<BounceCount> countsOf(int issueId) {
		throw new UnsupportedOperationException();
	}

	public record RecordedBounce(EmailAddress address, BounceClass bounceClass, String status, String reason,
			String evidence, Instant receivedAt) {
	}

	public record BounceCount(BounceClass bounceClass, String reason, int recipients) {
	}

}
