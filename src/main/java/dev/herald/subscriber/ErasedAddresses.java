package dev.herald.subscriber;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.herald.address.EmailAddress;
import dev.herald.schema.Utc;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The addresses of people who were erased, as HMACs in the list of suppressions: an
 * import knows them again, and nobody can read them there. Thread-safe.
 */
@Component
public class ErasedAddresses {

	/** No address has a colon there: none can be taken for one of these. */
	private static final String PREFIX = "erased:";

	/** The sign behind the colon: where the range of these keys ends. */
	private static final String END = "erased;";

	private static final String HMAC = "HmacSHA256";

	private static final int SECRET_BYTES = 32;

	/** Of the HMAC; two of a billion addresses then look alike once in 10^20. */
	private static final int KEPT_BYTES = 16;

	private final JdbcClient jdbc;

	ErasedAddresses(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Puts an address on the list in this form, in place of whatever stands there in
	 * plain; within the caller's transaction.
	 */
	public void add(EmailAddress address, Instant at) {
		String hashed = hashed(address.matchKey(), makeKey());
		LocalDateTime now = Utc.of(at);
		this.jdbc.sql("DELETE FROM suppression WHERE match_key = ?").param(address.matchKey()).update();
		this.jdbc.sql("INSERT IGNORE INTO suppression (match_key, reason, evidence, since) VALUES (?, 'ERASED', '', ?)")
			.params(hashed, now)
			.update();
		this.jdbc.sql("UPDATE suppression_change SET match_key = ?, evidence = '' WHERE match_key = ?")
			.params(hashed, address.matchKey())
			.update();
		this.jdbc.sql("""
				INSERT INTO suppression_change (match_key, suppressed, reason, evidence, by_whom, happened_at)
				VALUES (?, 1, 'ERASED', '', '', ?)
				""").params(hashed, now).update();
	}

	/** Those of the match keys whose people were erased. */
	Set<String> among(Collection<String> matchKeys) {
		Optional<SecretKeySpec> present = readKey("");
		if (present.isEmpty() || matchKeys.isEmpty() || none()) {
			return Set.of();
		}
		Map<String, String> byHash = new HashMap<>();
		matchKeys.forEach((matchKey) -> byHash.put(hashed(matchKey, present.get()), matchKey));
		Set<String> found = new TreeSet<>();
		this.jdbc.sql("SELECT match_key FROM suppression WHERE match_key IN (:hashes)")
			.param("hashes", byHash.keySet())
			.query((row) -> {
				found.add(byHash.getOrDefault(row.getString("match_key"), ""));
			});
		return found;
	}

	/** Where all were lifted, nothing has to be computed for the rows of an import. */
	private boolean none() {
		return this.jdbc.sql("SELECT match_key FROM suppression WHERE match_key >= ? AND match_key < ? LIMIT 1")
			.params(PREFIX, END)
			.query(String.class)
			.optional()
			.isEmpty();
	}

	private static String hashed(String matchKey, SecretKeySpec key) {
		try {
			Mac mac = Mac.getInstance(HMAC);
			mac.init(key);
			byte[] hash = mac.doFinal(matchKey.getBytes(StandardCharsets.UTF_8));
			return PREFIX + HexFormat.of().formatHex(Arrays.copyOf(hash, KEPT_BYTES));
		}
		catch (NoSuchAlgorithmException | InvalidKeyException ex) {
			throw new IllegalStateException("Every Java has " + HMAC, ex);
		}
	}

	private SecretKeySpec makeKey() {
		return readKey("FOR UPDATE").orElseGet(() -> {
			byte[] secret = new byte[SECRET_BYTES];
			new SecureRandom().nextBytes(secret);
			this.jdbc.sql("INSERT IGNORE INTO erasure_key (id, secret) VALUES (1, ?)").param(secret).update();
			return readKey("FOR UPDATE").orElseThrow();
		});
	}

	/** Not kept: it may be rolled back, or come anew with a backup. */
	private Optional<SecretKeySpec> readKey(String locking) {
		return this.jdbc.sql("SELECT secret FROM erasure_key WHERE id = 1 " + locking)
			.query((row, number) -> new SecretKeySpec(row.getBytes("secret"), HMAC))
			.optional();
	}

}
