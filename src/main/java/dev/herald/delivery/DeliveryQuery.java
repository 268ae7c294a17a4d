package dev.herald.delivery;

import dev.herald.address.AddressRange;
import org.jspecify.annotations.Nullable;

/**
 * Which deliveries of an issue are wanted.
 *
 * @param provider its code; null for all
 * @param reason the enhanced status code (RFC 3463) of what the relay said last; null for
 * all
 * @param address whole, or its beginning; empty for all
 */
public record DeliveryQuery(int issueId, DeliveryState state, @Nullable Integer provider, @Nullable String reason,
		String address) {

	public DeliveryQuery {
		address = address.strip();
	}

	/** For a condition on the replies; nothing where any reason will do. */
	String reasonCondition() {
		return (this.reason != null) ? "AND r.status = :reason" : "";
	}

	/** Below every code where all providers are wanted. */
	int providerOrNone() {
		return (this.provider != null) ? this.provider : -1;
	}

	AddressRange range() {
		return AddressRange.of(this.address);
	}

}
