package dev.herald.segment;

import java.util.List;
import java.util.Map;

/** The mailbox providers that this installation tells apart. */
public interface MailProviders {

	/** By name, with {@code other} for all the rest. */
	Map<String, Provider> all();

	/**
	 * @param code in the table mail_domain
	 * @param domains that the settings list, in lower-case A-labels
	 */
	record Provider(int code, List<String> domains) {

		/** Of all domains that belong to none. */
		public static final int OTHER = 0;

	}

}
