package dev.herald.subscriber;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

import dev.herald.address.EmailAddress;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Names, languages, zones and addresses of subscribers. Thread-safe. */
@Service
public class Profiles {

	private final JdbcClient jdbc;

	Profiles(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Empty also for who was erased. */
	public Optional<Profile> find(int subscriberId) {
		return this.jdbc.sql("""
				SELECT id, address, name, language, zone FROM subscriber WHERE id = ? AND erased_at IS NULL
				""").param(subscriberId).query(Profiles::read).optional();
	}

	private static Profile read(ResultSet row, int number) throws SQLException {
		String language = row.getString("language");
		return new Profile(row.getInt("id"), new EmailAddress(row.getString("address")), row.getString("name"),
				language.isEmpty() ? null : Locale.forLanguageTag(language), zone(row.getString("zone")));
	}

	/** A zone that this Java no longer knows is none. */
	private static @Nullable ZoneId zone(String name) {
		try {
			return name.isEmpty() ? null : ZoneId.of(name);
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	/**
	 * @param name one line of at most {@link Profile#MAX_NAME} characters
	 */
	public void change(int subscriberId, String name, @Nullable Locale language, @Nullable ZoneId zone) {
		this.jdbc.sql("""
				UPDATE subscriber SET name = :name, language = :language, zone = :zone
				WHERE id = :id AND erased_at IS NULL
				""")
			.param("name", name)
			.param("language", (language != null) ? language.toLanguageTag() : "")
			.param("zone", (zone != null) ? zone.getId() : "")
			.param("id", subscriberId)
			.update();
	}

	/**
	 * Gives a subscriber another address; subscriptions, ledger and history stay his.
	 * @return false where somebody has that address already: nothing is changed then
	 */
	public boolean move(int subscriberId, EmailAddress to) {
		try {
			return this.jdbc.sql("""
					UPDATE subscriber SET address = :address, match_key = :key WHERE id = :id AND erased_at IS NULL
					""")
				.param("address", to.value())
				.param("key", to.matchKey())
				.param("id", subscriberId)
				.update() == 1;
		}
		catch (DuplicateKeyException ex) {
			return false;
		}
	}

}
