package dev.herald.backup;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON as backups have it: a value a line, all of its fields required. */
final class Json {

	/** Octets of a row: the largest issue has 50 MiB, and base64 makes four of three. */
	static final int LONGEST_ROW = 80 << 20;

	static final JsonMapper MAPPER = JsonMapper
		.builder(JsonFactory.builder()
			.rootValueSeparator("\n")
			.streamReadConstraints(StreamReadConstraints.builder()
				.maxNestingDepth(10)
				.maxNumberLength(100)
				.maxStringLength(LONGEST_ROW)
				.build())
			.build())
		.enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
				DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
		.disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	private Json() {
	}

}
