package dev.herald.subscriber;

import java.util.Locale;

/**
 * What a person says of all people in a list: nobody becomes more than that, and who is
 * less in the list stays so.
 */
public enum Everyone {

	/** Subscribed, where the list says nothing else. */
	AS_WRITTEN,

	/** Nobody has confirmed. */
	PENDING,

	UNSUBSCRIBED,

	/** Their addresses are dead: suppressed. */
	BOUNCED;

	/** As options of commands name it. */
	public String key() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
