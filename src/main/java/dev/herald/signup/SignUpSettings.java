package dev.herald.signup;

import java.nio.file.Path;
import java.time.Duration;

import dev.herald.pacing.Rate;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How readers may sign up, for the whole installation.
 *
 * @param perNetwork sign-ups of one network: an IPv4 address, or the /64 of an IPv6 one
 * @param inAll sign-ups of everybody together: what a flood from many networks can have
 * @param linkWorks so long a confirmation link works; 1 h to 60 d
 * @param leastTime between a form's being shown and sent, less is a program; 0 s to 1 min
 * @param keepNetworkAddress whether the record of consent has the network address of who
 * confirmed
 * @param refusedDomainsFile addresses in these domains can't sign up; null: all can
 */
@ConfigurationProperties("herald.sign-up")
record SignUpSettings(@DefaultValue("20/h") Rate perNetwork, @DefaultValue("1000/h") Rate inAll,
		@DefaultValue("7d") Duration linkWorks, @DefaultValue("2s") Duration leastTime,
		@DefaultValue("false") boolean keepNetworkAddress, @Nullable Path refusedDomainsFile) {

	SignUpSettings {
		if (linkWorks.compareTo(Duration.ofHours(1)) < 0 || linkWorks.compareTo(Duration.ofDays(60)) > 0) {
			throw new IllegalArgumentException("herald.sign-up.link-works must be from 1h to 60d");
		}
		if (leastTime.isNegative() || leastTime.compareTo(Duration.ofMinutes(1)) > 0) {
			throw new IllegalArgumentException("herald.sign-up.least-time must be from 0s to 1m");
		}
	}

}
