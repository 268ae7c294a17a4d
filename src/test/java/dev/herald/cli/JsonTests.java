package dev.herald.cli;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class JsonTests {

	@Test
	void keysKeepTheirOrder() {
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		map.put("b", 1);
		map.put("a", List.of(true, "x", Map.of()));
		map.put("none", null);
		assertThat(Json.of(map)).isEqualTo("{\"b\":1,\"a\":[true,\"x\",{}],\"none\":null}");
	}

	@Test
	void textsAreEscaped() {
		assertThat(Json.of("\"\\\n\r\t\u0000\u001b\u007f\u0085"))
			.isEqualTo("\"\\\"\\\\\\n\\r\\t\\u0000\\u001b\\u007f\\u0085\"");
		assertThat(Json.of("李 é")).isEqualTo("\"李 é\"");
		assertThat(Json.of("📮\ud83d")).isEqualTo("\"\\ud83d\\udcee\\ud83d\"");
	}

	@Test
	void timesAreIso8601() {
		assertThat(Json.of(Arrays.asList(Instant.EPOCH, null))).isEqualTo("[\"1970-01-01T00:00:00Z\",null]");
	}

}
