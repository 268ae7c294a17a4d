package dev.herald.tracking;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

import dev.herald.problem.Problem;
import dev.herald.schema.Utc;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The keys that tokens are signed with: in the table signing_key, or in a file, with
 * their fingerprints in the table. The newest signs, all read. Made when there are none;
 * read once, when Herald starts. Immutable and thread-safe.
 */
@Component
class SigningKeys {

	private final JdbcClient jdbc;

	private final Clock clock;

	private final @Nullable SigningKeyFile file;

	private final NavigableMap<Integer, SigningKey> keys = new TreeMap<>();

	/**
	 * @throws Problem when a key that the table lists is missing or is another one: links
	 * in mails already sent would be dead
	 */
	SigningKeys(JdbcClient jdbc, Clock clock, SigningKeysSetting setting) {
		this.jdbc = jdbc;
		this.clock = clock;
		this.file = (setting.signingKeysFile() != null) ? new SigningKeyFile(setting.signingKeysFile()) : null;
		if (listed().isEmpty()) {
			makeFirst();
		}
		Map<Integer, byte[]> inFile = (this.file != null) ? this.file.read() : Map.of();
		inFile.forEach((id, secret) -> list(id, null, SigningKey.fingerprint(secret)));
		for (Listed listed : listed()) {
			this.keys.put(listed.id(), check(listed, (this.file != null) ? inFile.get(listed.id()) : listed.secret()));
		}
	}

	private List<Listed> listed() {
		return this.jdbc.sql("SELECT id, secret, fingerprint FROM signing_key ORDER BY id")
			.query((row, number) -> new Listed(row.getInt("id"), row.getBytes("secret"), row.getString("fingerprint")))
			.list();
	}

	private void makeFirst() {
		byte[] secret = new byte[SigningKey.SECRET_BYTES];
		new SecureRandom().nextBytes(secret);
		if (this.file == null) {
			list(1, secret, SigningKey.fingerprint(secret));
		}
		else if (this.file.read().isEmpty()) {
			this.file.create(Map.of(1, secret));
		}
	}

	/** Of two processes that start at once, the first one's key stays. */
	private void list(int id, byte @Nullable [] secret, String fingerprint) {
		this.jdbc.sql("""
				INSERT IGNORE INTO signing_key (id, secret, fingerprint, created_at)
				VALUES (?, ?, ?, ?)
				""").param(id).param(secret).param(fingerprint).param(Utc.of(this.clock.instant())).update();
	}

	private SigningKey check(Listed listed, byte @Nullable [] secret) {
		if (secret == null) {
			throw Problem.work(missing(listed));
		}
		if (!SigningKey.fingerprint(secret).equals(listed.fingerprint())) {
			throw Problem.work(
					"Signing key %d%s is not the one that this database's links were signed with (its fingerprint there is %s). Restore that key from the backup: without it every unsubscribe link sent so far is dead."
						.formatted(listed.id(), where(), listed.fingerprint()));
		}
		return new SigningKey(listed.id(), secret);
	}

	private String missing(Listed listed) {
		return (this.file == null)
				? "Signing key %d (fingerprint %s) is kept in a file. Set herald.signing-keys-file to that file."
					.formatted(listed.id(), listed.fingerprint())
				: "Signing key %d (fingerprint %s) is missing%s. Restore it from the backup: without it every unsubscribe link signed with it is dead."
					.formatted(listed.id(), listed.fingerprint(), where());
	}

	private String where() {
		return (this.file != null) ? " in " + this.file.path() : " in the table signing_key";
	}

	SigningKey newest() {
		return this.keys.lastEntry().getValue();
	}

	Optional<SigningKey> byId(int id) {
		return Optional.ofNullable(this.keys.get(id));
	}

	private record Listed(int id, byte @Nullable [] secret, String fingerprint) {
	}

}
