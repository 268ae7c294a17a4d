package dev.herald.tracking;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.herald.problem.Problem;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The signing keys on their way into a backup and out of one. Where an installation keeps
 * them, in their table or in a file, is its own setting: a backup of either suits both.
 */
@Component
public class SigningKeyBackup {

	private final JdbcClient jdbc;

	private final @Nullable SigningKeyFile file;

	SigningKeyBackup(JdbcClient jdbc, SigningKeysSetting setting) {
		this.jdbc = jdbc;
		this.file = (setting.signingKeysFile() != null) ? new SigningKeyFile(setting.signingKeysFile()) : null;
	}

	/**
	 * The secrets of keys that are kept in the file, by id; none where they are in their
	 * table.
	 * @throws Problem when a key that is in use can't be found: a backup without it would
	 * be worth nothing
	 */
	public Map<Integer, byte[]> inFile() {
		Map<Integer, byte[]> secrets = (this.file != null) ? this.file.read() : Map.of();
		for (Listed key : listed()) {
			check(key, secrets, (this.file != null) ? "in " + this.file.path() : "in the table signing_key");
		}
		return secrets;
	}

	/**
	 * Within the transaction that restores, when the table is there: puts the keys where
	 * this installation keeps them.
	 * @param secrets as the backup had them beside its table
	 * @throws Problem when one is missing, or the file has other ones
	 */
	public void bring(Map<Integer, byte[]> secrets) {
		Map<Integer, byte[]> all = new TreeMap<>(secrets);
		for (Listed key : listed()) {
			all.put(key.id(), check(key, secrets, "in the backup"));
		}
		if (this.file == null) {
			all.forEach((id, secret) -> keep(id, secret));
		}
		else if (!all.isEmpty()) {
			write(this.file, all);
			all.forEach((id, secret) -> keep(id, null));
		}
	}

	/** A file that a restore before this one has written is right. */
	private static void write(SigningKeyFile file, Map<Integer, byte[]> all) {
		file.create(all);
		Map<Integer, byte[]> there = file.read();
		all.forEach((id, secret) -> {
			byte[] other = there.get(id);
			if (other == null || !SigningKey.fingerprint(other).equals(SigningKey.fingerprint(secret))) {
				throw Problem.work(
						"%s has other signing keys than the backup. Move that file away, or name another one in herald.signing-keys-file. Nothing was restored."
							.formatted(file.path()));
			}
		});
	}

	private byte[] check(Listed key, Map<Integer, byte[]> besides, String where) {
		byte[] secret = (key.secret() != null) ? key.secret() : besides.get(key.id());
		if (secret == null || !SigningKey.fingerprint(secret).equals(key.fingerprint())) {
			throw Problem.work(
					"Signing key %d (fingerprint %s) is not %s: without it the links in mails already sent are dead. Set herald.signing-keys-file to the file that has it, or restore that."
						.formatted(key.id(), key.fingerprint(), where));
		}
		return secret;
	}

	private void keep(int id, byte @Nullable [] secret) {
		this.jdbc.sql("UPDATE signing_key SET secret = ? WHERE id = ?").param(secret).param(id).update();
	}

	private List<Listed> listed() {
		return this.jdbc.sql("SELECT id, secret, fingerprint FROM signing_key ORDER BY id")
			.query((row, number) -> new Listed(row.getInt("id"), row.getBytes("secret"), row.getString("fingerprint")))
			.list();
	}

	private record Listed(int id, byte @Nullable [] secret, String fingerprint) {
	}

}
