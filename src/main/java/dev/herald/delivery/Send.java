package dev.herald.delivery;

import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.herald.problem.Sentence;
import org.jspecify.annotations.Nullable;

/**
 * One scheduled or started delivery of an issue to an audience.
 *
 * @param versionId the version of the issue that goes out, pinned when the send was asked
 * for
 * @param rehearsal goes to the built-in mailbox, not to a relay
 * @param zone in which its time was chosen
 * @param reason why it waits or is held; empty otherwise
 * @param audience null before the freeze
 */
public record Send(int id, int issueId, int versionId, SendStatus status, boolean rehearsal, Instant dueAt, ZoneId zone,
		String reason, @Nullable Audience audience, String requestedBy, Instant createdAt, @Nullable Instant startedAt,
		@Nullable Instant finishedAt) {

	/**
	 * The audience as it was frozen:
	 * {@code subscriptions = recipients + unconfirmed + unsubscribed + suppressed + paused + alreadyInLedger}.
	 */
	public record Audience(int subscriptions, int recipients, int unconfirmed, int unsubscribed, int suppressed,
			int paused, int alreadyInLedger) {

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
