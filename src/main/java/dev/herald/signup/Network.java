package dev.herald.signup;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** What counts as one client: who has an IPv6 network has 2^64 addresses in it. */
final class Network {

	private static final int PREFIX_OCTETS = 8;

	private Network() {
	}

	/**
	 * @param clientAddress as a connection has it, never a name
	 */
	static String of(String clientAddress) {
		boolean literal = clientAddress.indexOf(':') >= 0 || clientAddress.matches("[0-9.]+");
		if (!literal) {
			return "unknown";
		}
		try {
			// ::ffff:192.0.2.1 comes out as IPv4.
			InetAddress address = InetAddress.getByName(clientAddress.replaceFirst("%.*", ""));
			return (address instanceof Inet4Address) ? address.getHostAddress() : prefix(address);
		}
		catch (UnknownHostException ex) {
			return "unknown";
		}
	}

	private static String prefix(InetAddress address) throws UnknownHostException {
		byte[] octets = Arrays.copyOf(Arrays.copyOf(address.getAddress(), PREFIX_OCTETS), 2 * PREFIX_OCTETS);
		return Inet6Address.getByAddress(octets).getHostAddress() + "/64";
	}

}
