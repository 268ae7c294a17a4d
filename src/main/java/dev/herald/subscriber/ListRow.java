package dev.herald.subscriber;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.herald.address.EmailAddress;
import org.jspecify.annotations.Nullable;

/** One row of a subscriber file: taken or not. */
sealed interface ListRow {

	/**
	 * @param zone IANA; empty where the file says none
	 * @param language BCP 47, likewise
	 * @param state what the subscription becomes, where there is none yet
	 * @param since null where the file does not say
	 * @param suppression null where the address gets mail
	 * @param attributes without empty values
	 */
	record Good(EmailAddress address, String name, String zone, String language, SubscriptionState state,
			@Nullable Instant since, @Nullable Instant pausedUntil, @Nullable Suppressed suppression,
			Map<String, String> attributes) implements ListRow {
	}

	/** Fields as they stood in the file. */
	record Bad(ImportResult.Rejection rejection, List<String> fields) implements ListRow {
	}

	/**
	 * @param since null where the file does not say
	 */
	record Suppressed(SuppressionReason reason, String evidence, @Nullable Instant since) {
	}

}
