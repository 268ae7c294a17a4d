package dev.herald.listener;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.herald.testing.HandClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Who may come, and how often. */
class ClientLimitsTests {

	private final HandClock clock = new HandClock(Instant.parse("2026-11-26T08:00:00Z"));

	private final ClientRates rates = new ClientRates(
			ListenerFixture.settings("connections-per-minute=2", "messages-per-minute=3"), this.clock);

	private static InetAddress ip(String address) {
		try {
			return InetAddress.getByName(address);
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	@Test
	void aClientHasItsLimitsForAMinuteAndThenAgain() {
		InetAddress client = ip("192.0.2.1");
		assertThat(List.of(this.rates.connection(client), this.rates.connection(client), this.rates.connection(client)))
			.containsExactly(true, true, false);
		assertThat(List.of(this.rates.message(client), this.rates.message(client), this.rates.message(client),
				this.rates.message(client)))
			.containsExactly(true, true, true, false);

		this.clock.forward(Duration.ofSeconds(59));
		assertThat(this.rates.message(client)).isFalse();
		this.clock.forward(Duration.ofSeconds(1));
		assertThat(this.rates.message(client)).isTrue();
		assertThat(this.rates.connection(client)).isTrue();
	}

	@Test
	void anotherClientIsCountedByItselfAndAnIpv6NetworkIsOneClient() {
		assertThat(this.rates.connection(ip("192.0.2.1"))).isTrue();
		assertThat(this.rates.connection(ip("192.0.2.1"))).isTrue();
		assertThat(this.rates.connection(ip("192.0.2.2"))).isTrue();
		assertThat(this.rates.connection(ip("2001:db8:0:1::1"))).isTrue();
		assertThat(this.rates.connection(ip("2001:db8:0:1:ffff::2"))).isTrue();
		assertThat(this.rates.connection(ip("2001:db8:0:1:abcd::3"))).isFalse();
		assertThat(this.rates.connection(ip("2001:db8:0:2::1"))).isTrue();
	}

	@Test
	void theOldestOfTenThousandClientsIsForgottenFirst() {
		InetAddress first = ip("198.51.100.1");
		assertThat(this.rates.connection(first)).isTrue();
		assertThat(this.rates.connection(first)).isTrue();
		for (int i = 0; i < 10_000; i++) {
			this.rates.connection(ip("10." + i / 65536 + "." + i / 256 % 256 + "." + i % 256));
		}
		assertThat(this.rates.connection(first)).isTrue();
	}

	@Test
	void networksAllowWhatIsInThem() {
		ClientNetworks networks = ClientNetworks.of(List.of("192.0.2.0/24", "203.0.113.7", "2001:db8::/32"));
		assertThat(networks.allow(ip("192.0.2.255"))).isTrue();
		assertThat(networks.allow(ip("203.0.113.7"))).isTrue();
		assertThat(networks.allow(ip("2001:db8:1::1"))).isTrue();
		assertThat(networks.allow(ip("192.0.3.0"))).isFalse();
		assertThat(networks.allow(ip("203.0.113.8"))).isFalse();
		assertThat(networks.allow(ip("fe80::1"))).isFalse();
		assertThat(networks.allow(ip("::ffff:192.0.2.9"))).as("mapped into IPv6").isTrue();
		assertThat(ClientNetworks.of(List.of()).allow(ip("198.51.100.9"))).isTrue();
	}

}
