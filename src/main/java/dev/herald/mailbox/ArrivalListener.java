package dev.herald.mailbox;

import dev.herald.address.EmailAddress;

/**
 * Is told of each mail that the built-in mailbox has kept, on the thread that took it.
 */
public interface ArrivalListener {

	/**
	 * @param envelopeSender as it was given in MAIL FROM; may be empty
	 */
	void arrived(String envelopeSender, EmailAddress recipient, byte[] mail);

}
