package dev.herald.listener;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

import dev.herald.listener.ListenerSettings.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ListenerSettingsTests {

	@Test
	void unsetItIsOffAndOnLoopback() throws Exception {
		ListenerSettings settings = new Binder(new MapConfigurationPropertySource())
			.bindOrCreate("herald.bounce.listener", ListenerSettings.class);

		assertThat(settings).isEqualTo(new ListenerSettings(false, InetAddress.getLoopbackAddress(), 2525,
				Protocol.SMTP, DataSize.ofMegabytes(10), 20, 600, 1200, Duration.ofMinutes(1), List.of(), ""));
		assertThat(settings.mailTimeout()).isEqualTo(Duration.ofMinutes(5));
	}

	@Test
	void everySettingHasItsName() throws Exception {
		ListenerSettings settings = ListenerFixture.settings("enabled=true", "address=192.0.2.1", "port=25",
				"protocol=lmtp", "max-size=1MB", "max-connections=3", "connections-per-minute=4",
				"messages-per-minute=5", "timeout=30s", "clients=192.0.2.0/24, 2001:db8::/32", "ssl-bundle=mx");

		assertThat(settings).isEqualTo(new ListenerSettings(true, InetAddress.getByName("192.0.2.1"), 25, Protocol.LMTP,
				DataSize.ofMegabytes(1), 3, 4, 5, Duration.ofSeconds(30), List.of("192.0.2.0/24", "2001:db8::/32"),
				"mx"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					port=65536                  | port must be from 0 to 65535, not 65536
					max-size=63KB               | max-size must be from 65536B to 104857600B, not 64512B
					max-size=101MB              | max-size must be from 65536B to 104857600B, not 105906176B
					max-connections=0           | max-connections must be from 1 to 500, not 0
					max-connections=501         | max-connections must be from 1 to 500, not 501
					connections-per-minute=0    | connections-per-minute must be from 1 to 1000000, not 0
					messages-per-minute=1000001 | messages-per-minute must be from 1 to 1000000, not 1000001
					timeout=999ms               | timeout must be from 1s to 10m, not 0.999s
					timeout=11m                 | timeout must be from 1s to 10m, not 11m
					clients=example.org         | clients has 'example.org', which is no address or network such as 192.0.2.0/24
					clients=192.0.2.0/33        | clients has '192.0.2.0/33', which is no address or network such as 192.0.2.0/24
					""")
	void whatIsOutOfItsLimitsStopsTheStartAndIsNamed(String setting, String message) {
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> ListenerFixture.settings(setting))
			.satisfies((ex) -> assertThat(messages(ex)).contains("herald.bounce.listener." + message));
	}

	private static String messages(Throwable ex) {
		return ex.getMessage() + ((ex.getCause() != null) ? "\n" + messages(ex.getCause()) : "");
	}

}
