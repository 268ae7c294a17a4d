package dev.herald.bounce;

import dev.herald.address.AddressRange;
import dev.herald.returns.BounceClass;
import org.jspecify.annotations.Nullable;

/**
 * Which bounces of an issue are wanted.
 *
 * @param bounceClass null for hard and soft ones
 * @param reason null for all
 * @param address whole, or its beginning; empty for all
 */
public record BounceQuery(int issueId, @Nullable BounceClass bounceClass, @Nullable String reason, String address) {

	/** All bounces of an issue. */
	public static BounceQuery of(int issueId) {
		return new BounceQuery(issueId, null, null, "");
	}

	AddressRange range() {
		return AddressRange.of(this.address);
	}

	/** Nothing where any will do: a database might begin with all subscribers. */
	String condition() {
		return (this.address.isBlank() ? "" : "AND s.match_key >= :from AND s.match_key < :to\n")
				+ ((this.bounceClass != null) ? "AND b.bounce_class = :class\n" : "")
				+ ((this.reason != null) ? "AND b.reason = :reason\n" : "");
	}

}
