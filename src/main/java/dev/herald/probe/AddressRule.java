package dev.herald.probe;

import java.net.InetAddress;

/** Which addresses of the network may be connected to. */
public interface AddressRule {

	/**
	 * @param host as it is written in the address
	 * @param address one that it stands for
	 */
	boolean allows(String host, InetAddress address);

}
