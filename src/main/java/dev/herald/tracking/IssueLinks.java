package dev.herald.tracking;

import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;

import dev.herald.digest.Sha256;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Where the links of tracked mails lead. A link names its target by a code that is looked
 * up here, so that no link of this installation leads where no issue does: there is no
 * open redirect. Thread-safe.
 */
@Component
public class IssueLinks {

	/** In characters, of the target; a longer one is not tracked. */
	public static final int LONGEST = 4_000;

	/** Eight characters: two of a hundred links are alike once in 200 million issues. */
	private static final int CODE_BYTES = 5;

	private final JdbcClient jdbc;

	IssueLinks(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Of a target, the same in every issue and version. */
	public static String code(String target) {
		return Base32.write(Arrays.copyOf(Sha256.of(target), CODE_BYTES));
	}

	/** Before the first mail leaves; links of earlier versions stay. */
	public void keep(int issueId, Collection<String> targets) {
		for (String target : targets) {
			this.jdbc.sql("INSERT IGNORE INTO issue_link (issue_id, code, target) VALUES (?, ?, ?)")
				.params(issueId, code(target), target)
				.update();
		}
	}

	/** Empty where no issue had such a link when it went out. */
	Optional<String> target(int issueId, String code) {
		return this.jdbc.sql("SELECT target FROM issue_link WHERE issue_id = ? AND code = ?")
			.params(issueId, code)
			.query(String.class)
			.optional();
	}

	/** Whether mails of an issue went out whose links tell of their readers. */
	public boolean tracked(int issueId) {
		return count(issueId) > 0;
	}

	int count(int issueId) {
		return this.jdbc.sql("SELECT COUNT(*) FROM issue_link WHERE issue_id = ?")
			.param(issueId)
			.query(Integer.class)
			.single();
	}

}
