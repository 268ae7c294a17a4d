package dev.herald.web;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** All that is kept about one person, as a file of JSON. */
final class PersonData {

	private static final JsonMapper MAPPER = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	private PersonData() {
	}

	/** Its name names nobody: it may lie in a folder that others see. */
	static ResponseEntity<byte[]> download(Map<String, Object> data) {
		return ResponseEntity.ok()
			.contentType(MediaType.APPLICATION_JSON)
			.header(HttpHeaders.CONTENT_DISPOSITION,
					ContentDisposition.attachment().filename("my-data.json").build().toString())
			.header(HttpHeaders.CACHE_CONTROL, "no-store")
			.body((MAPPER.writeValueAsString(data) + "\n").getBytes(StandardCharsets.UTF_8));
	}

}
