package dev.herald.signup;

import java.util.Optional;

import dev.herald.issue.Issues;
import dev.herald.notice.NoticeWriter;
import dev.herald.render.IssueCompiler;
import dev.herald.render.OutgoingMessage;
import dev.herald.render.Recipient;
import dev.herald.signup.WelcomeLetter.Reader;
import dev.herald.tracking.DeliveryKey;
import dev.herald.tracking.SubscriptionLinks;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The latest issue for who has just confirmed, as it was sent to the others. It is no
 * delivery: the ledger knows nothing of it, and its links name the subscription.
 * Thread-safe.
 */
@Component
class WelcomeIssue implements NoticeWriter {

	static final String KIND = "welcome-issue";

	private final WelcomeLetter letter;

	private final Issues issues;

	private final SubscriptionLinks links;

	private final IssueCompiler compiler;

	private final JdbcClient jdbc;

	WelcomeIssue(WelcomeLetter letter, Issues issues, SubscriptionLinks links, IssueCompiler compiler,
			JdbcClient jdbc) {
		this.letter = letter;
		this.issues = issues;
		this.links = links;
		this.compiler = compiler;
		this.jdbc = jdbc;
	}

	@Override
	public String kind() {
		return KIND;
	}

	@Override
	public Optional<OutgoingMessage> write(long about) {
		return this.letter.reader(about)
			.flatMap((reader) -> latest(reader).map((versionId) -> message(reader, versionId, about)));
	}

	private OutgoingMessage message(Reader reader, int versionId, long about) {
		return this.compiler
			.compileOutsideOfSends(this.issues.source(versionId), reader.newsletter(),
					this.links.outsideOfSends(reader.newsletter().id(), "i" + Long.toHexString(about)))
			.message(new Recipient(new DeliveryKey(0, reader.subscriber().id()), reader.subscriber()));
	}

	/**
	 * The version that the latest send delivers of which a relay took a mail (2). Empty
	 * where this reader is in that issue's ledger: who left and came back may have it.
	 */
	private Optional<Integer> latest(Reader reader) {
		return this.jdbc.sql("""
				SELECT s.issue_id, s.issue_version_id FROM issue i JOIN send s ON s.issue_id = i.id
				WHERE i.newsletter_id = ? AND s.rehearsal = 0
				AND EXISTS (SELECT 1 FROM delivery d WHERE d.send_id = s.id AND d.state = 2)
				ORDER BY s.id DESC LIMIT 1
				""")
			.param(reader.newsletter().id())
			.query((row, number) -> new Sent(row.getInt("issue_id"), row.getInt("issue_version_id")))
			.optional()
			.filter((sent) -> !isInLedger(sent, reader))
			.map(Sent::versionId);
	}

	private boolean isInLedger(Sent sent, Reader reader) {
		return this.jdbc.sql("SELECT COUNT(*) FROM delivery WHERE issue_id = ? AND subscriber_id = ?")
			.params(sent.issueId(), reader.subscriber().id())
			.query(Integer.class)
			.single() > 0;
	}

	private record Sent(int issueId, int versionId) {
	}

}
