package dev.herald.webhook;

import java.io.IOException;
import java.net.URI;

/** Gets what Amazon SNS has at an address of its own. */
interface SnsFetch {

	/**
	 * @throws IOException where there is no answer in time, no success, or too much
	 */
	byte[] get(URI address) throws IOException;

}
