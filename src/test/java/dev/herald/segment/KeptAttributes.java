package dev.herald.segment;

import java.util.Arrays;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Attributes as an import writes them, for tests that need no list. */
public final class KeptAttributes {

	private KeptAttributes() {
	}

	public static void set(JdbcClient jdbc, int subscriberId, String name, String text) {
		FoldedText compared = FoldedText.of(text);
		jdbc.sql("""
				INSERT INTO subscriber_attribute (subscriber_id, name, text, folded, number) VALUES (?, ?, ?, ?, ?)
				ON DUPLICATE KEY UPDATE text = VALUES(text), folded = VALUES(folded), number = VALUES(number)
				""").params(Arrays.asList(subscriberId, name, text, compared.folded(), compared.number())).update();
	}

}
