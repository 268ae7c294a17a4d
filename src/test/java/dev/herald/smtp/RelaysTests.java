package dev.herald.smtp;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.herald.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RelaysTests {

	private static final RelaySettings NO_RELAY = new RelaySettings(null, null, null, null, "smtp", Map.of());

	@Test
	void aRelayForSomebodyWhoWaitsDiffersInItsTimeoutsAlone() {
		Relay relay = Relay.at("mx.example.org", 2525);
		Relay impatient = relay.answeringWithin(Duration.ofSeconds(30));
		assertThat(impatient.properties()).containsExactlyInAnyOrderEntriesOf(Map.of("mail.smtp.connectiontimeout",
				"30000", "mail.smtp.timeout", "30000", "mail.smtp.writetimeout", "30000"));
		assertThat(impatient).usingRecursiveComparison().ignoringFields("properties").isEqualTo(relay);
	}

	@Test
	void withoutASettingThereIsNone() {
		Relays relays = Relays.of(bind(Map.of()), NO_RELAY);
		assertThat(relays.present()).isFalse();
		assertThat(relays.all()).isEmpty();
	}

	@Test
	void aRelayNeedsANameAndAHostAndHasDefaultsForTheRest() {
		Relays relays = Relays.of(bind(Map.of("herald.relays[0].name", "main", "herald.relays[0].host", "mx.test")),
				NO_RELAY);
		assertThat(relays.present()).isTrue();
		assertThat(relays.all()).containsExactly(new Relay("main", "mx.test", null, Relay.Protocol.SMTP, null, null, 1,
				null, null, 1000, Duration.ofMinutes(10), Relay.StartTls.WHEN_OFFERED, false, Map.of()));
		assertThat(relays.all().get(0)).hasToString("main (mx.test:25)");
	}

	@Test
	void everySettingIsMapped() {
		Map<String, String> settings = new TreeMap<>();
		List.of("name=backup-1", "host=mx.test", "port=2465", "protocol=smtps", "username=herald", "password=secret",
				"weight=7", "connections=3", "rate=600/m", "messages-per-connection=50", "connection-lifetime=30s",
				"starttls=required", "clear-sign-in=true", "properties.mail.smtps.localhost=news.test")
			.forEach((line) -> settings.put("herald.relays[0]." + line.split("=", 2)[0], line.split("=", 2)[1]));
		assertThat(bind(settings).relays()).containsExactly(new Relay("backup-1", "mx.test", 2465, Relay.Protocol.SMTPS,
				"herald", "secret", 7, 3, "600/m", 50, Duration.ofSeconds(30), Relay.StartTls.REQUIRED, true,
				Map.of("mail.smtps.localhost", "news.test")));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "name | Main | name must be of a to z, 0 to 9 and -, not 'Main'", "host | '' | host must be set",
					"port | 0 | port must be from 1 to 65535, not 0",
					"port | 65536 | port must be from 1 to 65535, not 65536",
					"username | herald | password must be set where username is",
					"weight | 0 | weight must be from 1 to 1000, not 0",
					"weight | 1001 | weight must be from 1 to 1000, not 1001",
					"connections | 0 | connections must be from 1 to 100, not 0",
					"connections | 101 | connections must be from 1 to 100, not 101",
					"rate | fast | 'rate must be a number, / and s, m, h or d, as in 50/s, not ''fast'''",
					"messages-per-connection | 0 | messages-per-connection must be from 1 to 100000, not 0",
					"messages-per-connection | 100001 | messages-per-connection must be from 1 to 100000, not 100001",
					"connection-lifetime | 999ms | connection-lifetime must be from 1s to 1h",
					"connection-lifetime | 3601s | connection-lifetime must be from 1s to 1h" })
	void aValueOutsideItsLimitsIsRefusedWithThem(String key, String value, String message) {
		Map<String, String> settings = new TreeMap<>(
				Map.of("herald.relays[0].name", "main", "herald.relays[0].host", "mx.test"));
		settings.put("herald.relays[0]." + key, value);
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> bind(settings))
			.havingRootCause()
			.withMessage(message);
	}

	@Test
	void springMailMeansOneRelay() {
		Relays relays = Relays.of(new RelayList(List.of()),
				new RelaySettings("mx.test", 587, "herald", "secret", "smtps", Map.of("mail.debug", "true")));
		assertThat(relays.all())
			.containsExactly(new Relay("relay", "mx.test", 587, Relay.Protocol.SMTPS, "herald", "secret", 1, null, null,
					1000, Duration.ofMinutes(10), Relay.StartTls.WHEN_OFFERED, false, Map.of("mail.debug", "true")));
		assertThat(relays.all().get(0)).hasToString("mx.test:587");
	}

	@Test
	void bothWaysAtOnceAreRefused() {
		assertThatExceptionOfType(Problem.class)
			.isThrownBy(
					() -> Relays.of(new RelayList(List.of(Relay.at("mx.test", 25))), RelaySettings.of("mx.test", 25)))
			.withMessageContaining("herald.relays")
			.withMessageContaining("spring.mail.host");
	}

	@Test
	void twoRelaysOfOneNameAreRefused() {
		assertThatExceptionOfType(Problem.class)
			.isThrownBy(() -> new Relays(List.of(Relay.at("a.test", 25), Relay.at("b.test", 25))))
			.withMessage("herald.relays has two relays with the name 'relay'. Give each its own.");
	}

	@Test
	void neitherNameNorPasswordIsEverPrinted() {
		assertThat(signingIn(false).toString()).doesNotContain("herald", "secret");
		assertThat(new Relays(List.of(signingIn(false))).toString()).doesNotContain("herald", "secret");
	}

	@Test
	void nameAndPasswordGoOverTlsOrThisMachineAlone() {
		assertThat(signingIn(false).maySignIn(true, false)).isTrue();
		assertThat(signingIn(false).maySignIn(false, true)).isTrue();
		assertThat(signingIn(false).maySignIn(false, false)).isFalse();
		assertThat(signingIn(true).maySignIn(false, false)).isTrue();
		assertThat(Relay.at("mx.test", 25).maySignIn(false, false)).isTrue();
	}

	private static Relay signingIn(boolean inClear) {
		return new Relay("main", "mx.test", 25, Relay.Protocol.SMTP, "herald", "secret", 1, null, null, 1000,
				Duration.ofMinutes(10), Relay.StartTls.WHEN_OFFERED, inClear, Map.of());
	}

	private static RelayList bind(Map<String, String> settings) {
		return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("herald", RelayList.class);
	}

}
