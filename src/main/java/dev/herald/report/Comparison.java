package dev.herald.report;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.herald.bounce.Bounces;
import dev.herald.delivery.DeliveryCounts;
import dev.herald.delivery.DeliveryState;
import dev.herald.delivery.LedgerFigures;
import dev.herald.delivery.SendFigures;
import dev.herald.issue.Issue;
import dev.herald.returns.BounceClass;
import dev.herald.schema.Utc;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Holds the issues of a newsletter against one another. Thread-safe. */
@Component
public class Comparison {

	/** So many issues before one say what is usual. */
	public static final int ISSUES = 10;

	private final JdbcClient jdbc;

	private final SendFigures figures;

	private final Bounces bounces;

	private final Leavers leavers;

	Comparison(JdbcClient jdbc, SendFigures figures, Bounces bounces, Leavers leavers) {
		this.jdbc = jdbc;
		this.figures = figures;
		this.bounces = bounces;
		this.leavers = leavers;
	}

	/** An issue, with the last ten that were sent before it. */
	public Compared of(Issue issue, DeliveryReport report) {
		Integer first = this.jdbc
			.sql("SELECT MIN(id) FROM send WHERE issue_id = :issue AND rehearsal = 0 AND recipients > 0")
			.param("issue", issue.id())
			.query((row, n) -> row.getObject(1, Integer.class))
			.list()
			.get(0);
		if (first == null) {
			return new Compared(null, List.of(), Change.of(null, false, List.of(), List.of(), (provider) -> 0));
		}
		List<IssueFigures> all = upTo(issue.newsletterId(), first, ISSUES + 1);
		List<IssueFigures> before = all.stream().filter((one) -> one.issueId() != issue.id()).limit(ISSUES).toList();
		IssueFigures now = all.stream().filter((one) -> one.issueId() == issue.id()).findFirst().orElse(null);
		return new Compared(now, before, Change.of(now, report.underWay(), before, report.figures().byProvider(),
				(provider) -> report.bounced(provider.provider(), BounceClass.HARD)));
	}

	/**
	 * The last issues of a newsletter that were sent and not only rehearsed, newest
	 * first.
	 */
	public List<IssueFigures> latest(int newsletterId, int limit) {
		return upTo(newsletterId, Integer.MAX_VALUE, limit);
	}

	/** By the first real send of each issue. */
	private List<IssueFigures> upTo(int newsletterId, int sendId, int limit) {
		List<Sent> sent = this.jdbc.sql("""
				SELECT i.id, i.slug, i.title, MIN(o.id) AS first_send, MIN(COALESCE(o.started_at, o.due_at)) AS sent_at
				FROM issue i JOIN send o ON o.issue_id = i.id
				WHERE i.newsletter_id = :newsletter AND o.rehearsal = 0 AND o.recipients > 0
				GROUP BY i.id, i.slug, i.title
				HAVING MIN(o.id) <= :send
				ORDER BY first_send DESC
				LIMIT :limit
				""")
			.param("newsletter", newsletterId)
			.param("send", sendId)
			.param("limit", limit)
			.query((row, n) -> new Sent(row.getInt("id"), row.getString("slug"), row.getString("title"),
					Utc.read(row, "sent_at")))
			.list();
		return figures(sent);
	}

	private List<IssueFigures> figures(List<Sent> sent) {
		Collection<Integer> ids = sent.stream().map(Sent::issueId).toList();
		Map<Integer, DeliveryCounts> counts = this.figures.countsOf(ids)
			.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> entry.getValue().byState()));
		Map<Integer, Integer> dead = this.bounces.dead(ids);
		Map<Integer, Leavers.Left> left = this.leavers.left(ids);
		return sent.stream().map((issue) -> {
			DeliveryCounts states = counts.getOrDefault(issue.issueId(), new DeliveryCounts(Map.of()));
			Leavers.Left gone = left.getOrDefault(issue.issueId(), Leavers.Left.NOBODY);
			return new IssueFigures(issue.issueId(), issue.slug(), issue.title(), issue.sentAt(), states.recipients(),
					states.of(DeliveryState.ACCEPTED), states.of(DeliveryState.REJECTED),
					dead.getOrDefault(issue.issueId(), 0), gone.unsubscribed(), gone.complaints());
		}).toList();
	}

	/** How the mailbox providers took issues, all of them together; the largest first. */
	public List<LedgerFigures.ByProvider> byProvider(Collection<Integer> issueIds) {
		return LedgerFigures.together(this.figures.countsOf(issueIds).values()).byProvider();
	}

	private record Sent(int issueId, String slug, String title, Instant sentAt) {
	}

	/**
	 * @param now null where the issue was not sent, or only rehearsed
	 * @param before newest first
	 */
	public record Compared(@Nullable IssueFigures now, List<IssueFigures> before, Change change) {
	}

}
