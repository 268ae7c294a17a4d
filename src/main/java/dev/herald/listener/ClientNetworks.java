package dev.herald.listener;

import java.net.InetAddress;
import java.util.List;

import org.springframework.security.web.util.matcher.IpAddressMatcher;

/** Whose connections are taken. Immutable. */
final class ClientNetworks {

	private final List<IpAddressMatcher> matchers;

	private ClientNetworks(List<IpAddressMatcher> matchers) {
		this.matchers = matchers;
	}

	/**
	 * @param networks addresses, with or without the length of a prefix; none: all may
	 * come
	 */
	static ClientNetworks of(List<String> networks) {
		return new ClientNetworks(networks.stream().map(ClientNetworks::matcher).toList());
	}

	private static IpAddressMatcher matcher(String network) {
		try {
			return new IpAddressMatcher(network.strip());
		}
		catch (RuntimeException ex) {
			throw new IllegalArgumentException(
					"herald.bounce.listener.clients has '%s', which is no address or network such as 192.0.2.0/24"
						.formatted(network),
					ex);
		}
	}

	boolean allow(InetAddress client) {
		// Without the zone of a link-local address (fe80::1%eth0).
		String address = client.getHostAddress().replaceFirst("%.*", "");
		return this.matchers.isEmpty() || this.matchers.stream().anyMatch((matcher) -> matcher.matches(address));
	}

}
