package dev.herald.backup;

import java.math.BigDecimal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class KindTests {

	@Test
	void aNumberKeepsItsDecimals() throws DamagedException {
		assertThat(decimal("\"-12.500000\"")).isEqualTo(new BigDecimal("-12.500000"));
		assertThat(decimal("\"123456789012345.678901\"")).isEqualTo(new BigDecimal("123456789012345.678901"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"1e999999999\"", "\"\"", "\"NaN\"", "\"1,5\"", "\" 1\"", "\"٣\"", "12.5", "true" })
	void whatIsNoPlainNumberIsDamage(String json) {
		assertThatExceptionOfType(DamagedException.class).isThrownBy(() -> decimal(json));
	}

	private static Object decimal(String json) throws DamagedException {
		try (JsonParser parser = Json.MAPPER.createParser(json)) {
			parser.nextToken();
			return Kind.DECIMAL.parse(parser);
		}
	}

}
