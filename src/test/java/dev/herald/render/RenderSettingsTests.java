package dev.herald.render;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RenderSettingsTests {

	private static RenderSettings bound(Map<String, String> properties) {
		return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("herald.render",
				RenderSettings.class);
	}

	@Test
	void unsetNothingIsEmbeddedOrCut() {
		assertThat(bound(Map.of())).isEqualTo(RenderSettings.defaults())
			.isEqualTo(new RenderSettings(DataSize.ofBytes(0), false));
	}

	@Test
	void everySettingHasItsName() {
		assertThat(bound(Map.of("herald.render.embed-pictures-up-to", "20KB", "herald.render.cut", "true")))
			.isEqualTo(new RenderSettings(DataSize.ofKilobytes(20), true));
	}

	@ParameterizedTest
	@ValueSource(strings = { "-1B", "101KB", "1MB" })
	void pictureLimitsBeyond100KilobytesStopTheStart(String size) {
		assertThatExceptionOfType(BindException.class)
			.isThrownBy(() -> bound(Map.of("herald.render.embed-pictures-up-to", size)))
			.withStackTraceContaining("herald.render.embed-pictures-up-to must be from 0B to 100KB");
	}

}
