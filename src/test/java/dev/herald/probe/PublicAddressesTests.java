package dev.herald.probe;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PublicAddressesTests {

	private final PublicAddresses rule = new PublicAddresses(Set.of("news.example.org"));

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "127.8.9.10", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255",
			"192.168.1.1", "169.254.169.254", "100.64.0.1", "100.100.100.200", "192.0.0.1", "192.0.2.9", "198.18.0.1",
			"198.19.255.255", "198.51.100.7", "203.0.113.5", "224.0.0.1", "239.255.255.250", "240.0.0.1",
			"255.255.255.255", "::", "::1", "fe80::1", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1",
			"::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "2002:7f00:1::1", "2001:db8::1",
			"3fff:fff::1", "2001::1", "::7f00:1" })
	void whatNotEverybodyCanReachIsNotAsked(String address) throws UnknownHostException {
		assertThat(this.rule.allows("example.com", InetAddress.getByName(address))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "128.0.0.1",
			"169.253.0.1", "172.15.0.1", "172.32.0.1", "192.0.1.1", "192.167.0.1", "198.17.0.1", "198.20.0.1",
			"223.255.255.255", "2606:4700:4700::1111", "3ffe::1", "2001:4860:4860::8888", "2002:101:101::1",
			"64:ff9b::101:101" })
	void thePublicInternetIsAsked(String address) throws UnknownHostException {
		assertThat(this.rule.allows("example.com", InetAddress.getByName(address))).isTrue();
	}

	@Test
	void theNewslettersOwnHostIsAskedWhereverItIs() throws UnknownHostException {
		assertThat(this.rule.allows("News.example.org", InetAddress.getByName("10.0.0.7"))).isTrue();
		assertThat(this.rule.allows("x.news.example.org", InetAddress.getByName("10.0.0.7"))).isFalse();
	}

}
