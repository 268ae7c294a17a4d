package dev.herald.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntConsumer;

import dev.herald.bounce.BounceQuery;
import dev.herald.bounce.Bounces;
import dev.herald.delivery.DeliveryPages;
import dev.herald.delivery.DeliveryQuery;
import dev.herald.delivery.DeliveryState;
import dev.herald.delivery.SendFigures;
import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.newsletter.Newsletter;
import dev.herald.report.Comparison;
import dev.herald.report.IssueFigures;
import dev.herald.report.Leavers;
import dev.herald.report.OverTime;
import dev.herald.report.OverTimes;
import dev.herald.report.People;
import dev.herald.report.Reports;
import dev.herald.report.SubscriberHistory;
import dev.herald.report.Trends;
import dev.herald.returns.BounceClass;
import dev.herald.testing.TestHerald;
import dev.herald.tracking.Engagements;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How long the queries of each page of reports take, together, on a ledger of millions.
 */
final class ReportPages {

	private static final int TIMES = 300;

	private static final int WARM_UP = 20;

	private static final int MOST_MILLIS = 100;

	private final Bench bench;

	private final Random random = new Random(20261126);

	ReportPages(Bench bench) {
		this.bench = bench;
	}

	void measure() throws IOException {
		BenchDatabase database = BenchDatabase.create(BenchDatabase.Kind.MYSQL, this.bench.folder());
		int recipients = this.bench.options().reportRecipients;
		int number = this.bench.options().reportIssues;
		try (TestHerald herald = TestHerald.on(database.url())) {
			JdbcClient jdbc = BenchDatabase.jdbc(herald);
			this.bench.figures().remark("Reports on: " + BenchDatabase.durability(jdbc));
			Newsletter newsletter = database.audience(herald, recipients);
			new LargeLedger(jdbc, newsletter, recipients).fill(herald, this.bench.issue(), number);
			jdbc.sql(
					"ANALYZE TABLE delivery, bounce, consent, subscriber, engagement_count, engagement_time, link_count")
				.query()
				.listOfRows();
			List<Issue> issues = herald.get(Issues.class).newest(newsletter.id(), 0, number);
			keep(herald, issues, (long) recipients * number);
			pages(herald, newsletter, issues);
		}
	}

	/**
	 * What a page would cost without figures that are kept, and what keeping them does.
	 */
	private void keep(TestHerald herald, List<Issue> issues, long deliveries) {
		SendFigures figures = herald.get(SendFigures.class);
		long begun = System.nanoTime();
		figures.ofIssue(issues.get(0).id());
		double uncounted = (System.nanoTime() - begun) / 1e6;
		begun = System.nanoTime();
		figures.keepAll();
		double all = (System.nanoTime() - begun) / 1e6;
		this.bench.figures()
			.row("%,d deliveries in %d issues: counting one issue".formatted(deliveries, issues.size()),
					"%.0f ms from the ledger".formatted(uncounted),
					"counting it for good %.0f ms".formatted(all / issues.size()), "");
		long wrong = issues.stream().filter((issue) -> !figures.wrong(issue.id()).isEmpty()).count();
		this.bench.figures().remark("Kept figures that are not the ledger's: " + wrong);
		Leavers leavers = herald.get(Leavers.class);
		begun = System.nanoTime();
		long inexact = issues.stream().filter((issue) -> !leavers.areExact(issue)).count();
		this.bench.figures()
			.remark("Kept numbers of leavers that are not the records': %d; counting them took %.0f ms"
				.formatted(inexact, (System.nanoTime() - begun) / 1e6));
	}

	private void pages(TestHerald herald, Newsletter newsletter, List<Issue> issues) {
		Reports reports = herald.get(Reports.class);
		Comparison comparison = herald.get(Comparison.class);
		DeliveryPages pages = herald.get(DeliveryPages.class);
		int readers = this.bench.options().reportRecipients;
		page("report of an issue", (turn) -> {
			Issue issue = any(issues);
			Comparison.Compared compared = comparison.of(issue, reports.of(issue));
			herald.get(OverTimes.class).of(issue, OverTime.Window.TWO_DAYS);
			herald.get(OverTimes.class).sameAge(compared);
			herald.get(Leavers.class).page(issue, "", Long.MAX_VALUE, 10);
			herald.get(Bounces.class).page(BounceQuery.of(issue.id()), Long.MAX_VALUE, 10);
		});
		list("accepted, first page", pages, issues, DeliveryState.ACCEPTED, null, "", false);
		list("accepted, any page", pages, issues, DeliveryState.ACCEPTED, null, "", true);
		list("rejected, with its reasons", pages, issues, DeliveryState.REJECTED, null, "", true);
		list("uncertain", pages, issues, DeliveryState.UNCERTAIN, null, "", false);
		list("rejected for 5.7.1", pages, issues, DeliveryState.REJECTED, "5.7.1", "", true);
		list("accepted, a whole address", pages, issues, DeliveryState.ACCEPTED, null, "whole", false);
		list("accepted, addresses that begin with reader1", pages, issues, DeliveryState.ACCEPTED, null, "reader1",
				true);
		list("uncertain, addresses that begin with r", pages, issues, DeliveryState.UNCERTAIN, null, "r", false);
		cameBack(herald, issues);
		People people = herald.get(People.class);
		page("people: a whole address", (turn) -> people.find(address(readers), 0, 101));
		page("people: reader2…, any page", (turn) -> people.find("reader2", this.random.nextInt(readers), 101));
		SubscriberHistory history = herald.get(SubscriberHistory.class);
		page("one person's history", (turn) -> {
			People.Found found = people.find(address(readers), 0, 1).get(0);
			history.consents(found.address());
			history.mails(found.id());
			history.bounces(found.address());
		});
		Trends trends = herald.get(Trends.class);
		page("trends of a newsletter", (turn) -> {
			trends.weeks(newsletter.id(), 26);
			List<Integer> ids = comparison.latest(newsletter.id(), 20).stream().map(IssueFigures::issueId).toList();
			comparison.byProvider(ids);
			herald.get(Engagements.class).of(ids);
		});
	}

	private void cameBack(TestHerald herald, List<Issue> issues) {
		Bounces bounces = herald.get(Bounces.class);
		Leavers leavers = herald.get(Leavers.class);
		int readers = this.bench.options().reportRecipients;
		page("bounced: first page", (turn) -> bounced(bounces, BounceQuery.of(any(issues).id()), Long.MAX_VALUE));
		page("bounced: any page", (turn) -> bounced(bounces, BounceQuery.of(any(issues).id()),
				1 + this.random.nextInt(readers / 200 * issues.size())));
		page("bounced: hard, addresses that begin with r", (turn) -> bounced(bounces,
				new BounceQuery(any(issues).id(), BounceClass.HARD, "userunknown", "r"), Long.MAX_VALUE));
		page("bounced: a whole address", (turn) -> bounced(bounces,
				new BounceQuery(any(issues).id(), null, null, address(readers)), Long.MAX_VALUE));
		page("left: first page", (turn) -> leavers.page(any(issues), "", Long.MAX_VALUE, 101));
		page("left: addresses that begin with r", (turn) -> leavers.page(any(issues), "r", Long.MAX_VALUE, 101));
		page("left: a whole address", (turn) -> leavers.page(any(issues), address(readers), Long.MAX_VALUE, 101));
	}

	private static void bounced(Bounces bounces, BounceQuery query, long before) {
		bounces.page(query, before, 101);
		bounces.countsOf(query.issueId());
	}

	private void list(String name, DeliveryPages pages, List<Issue> issues, DeliveryState state,
			@Nullable String reason, String address, boolean anyPage) {
		int readers = this.bench.options().reportRecipients;
		page("deliveries: " + name, (turn) -> {
			Issue issue = any(issues);
			String text = address.equals("whole") ? address(readers) : address;
			DeliveryPages.Cursor after = anyPage ? DeliveryPages.Cursor.parse("%d.%d.%d"
				.formatted(1 + issues.indexOf(issue), this.random.nextInt(12), this.random.nextInt(readers))) : null;
			pages.page(new DeliveryQuery(issue.id(), state, null, reason, text), after, 100);
			pages.reasons(issue.id(), state, 20);
		});
	}

	private Issue any(List<Issue> issues) {
		return issues.get(this.random.nextInt(issues.size()));
	}

	private String address(int readers) {
		int id = 1 + this.random.nextInt(readers);
		return "reader" + id + "@lists" + id % 50 + ".example";
	}

	private void page(String name, IntConsumer queries) {
		for (int i = 0; i < WARM_UP; i++) {
			queries.accept(i);
		}
		double[] millis = new double[TIMES];
		for (int i = 0; i < TIMES; i++) {
			long begun = System.nanoTime();
			queries.accept(i);
			millis[i] = (System.nanoTime() - begun) / 1e6;
		}
		Arrays.sort(millis);
		double p99 = millis[TIMES * 99 / 100];
		this.bench.figures()
			.row(name, "p50 %.1f ms, p99 %.1f ms".formatted(millis[TIMES / 2], p99),
					"longest %.1f ms of %d".formatted(millis[TIMES - 1], TIMES),
					Figures.verdict(p99 < MOST_MILLIS, "p99 under 100 ms"));
	}

}
