package dev.herald.report;

import java.util.List;
import java.util.Locale;

import dev.herald.address.EmailAddress;
import dev.herald.subscriber.Subscriber;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds subscribers of the whole installation by address. Thread-safe. */
@Component
public class People {

	private final JdbcClient jdbc;

	People(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Those whose address is the text or begins with it, by address, at most limit.
	 * @param after the match key to go on behind; empty for the first page
	 */
	public List<Found> find(String text, String after, int limit) {
		AddressRange range = AddressRange.of(text);
		return this.jdbc.sql("""
				SELECT s.id, s.address, s.match_key, s.name FROM subscriber s
				WHERE s.match_key >= :from AND s.match_key < :to AND s.match_key > :after
				ORDER BY s.match_key LIMIT :limit
				""")
			.param("from", range.from())
			.param("to", range.to())
			.param("after", after)
			.param("limit", limit)
			.query((row, n) -> new Found(new Subscriber(row.getInt("id"), new EmailAddress(row.getString("address")),
					row.getString("name")), row.getString("match_key")))
			.list();
	}

	/**
	 * @param matchKey what the next page goes on behind
	 */
	public record Found(Subscriber subscriber, String matchKey) {
	}

	/** The part of the index of match keys that begins with a text. */
	record AddressRange(String from, String to) {

		/** Sorts behind every character that an address can have. */
		private static final String END = "\uFFFF";

		static AddressRange of(String text) {
			String key = EmailAddress.tryParse(text)
				.map(EmailAddress::matchKey)
				.orElseGet(() -> text.strip().toLowerCase(Locale.ROOT));
			return new AddressRange(key, key + END);
		}

	}

}
