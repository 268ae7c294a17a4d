package dev.herald.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import dev.herald.account.SetUp;
import dev.herald.testing.ScriptedSmtpServer;
import dev.herald.web.Browser.Page;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Walks every route that may change something, as ADMIN, and looks into the audit log.
 */
@WebTest
class AuditedRoutesTests {

	static final String PASSWORD = "copper kettle 9 bells";

	private static final String ISSUE = "/newsletters/weekly/issues/first";

	private static final String ROUTE = "/newsletters/{key}/issues/{slug}";

	private static final String DRAFT = "a writer's own draft: saving it as a version is recorded";

	/** What changes nothing that people decide on, and why. */
	private static final Map<String, String> NOT_RECORDED = Map.ofEntries(entry("* /error", "shows what went wrong"),
			entry("POST /newsletters/{key}/subscribers/imports",
					"checks the file and changes nothing; confirming it is recorded"),
			entry("POST /newsletters/{key}/subscribers/imports/{id}/mapping", "checks the file, read in another way"),
			entry("POST /newsletters/{key}/subscribers/imports/{id}/stop",
					"ends an import between two chunks: its start is recorded, and that it has no end"),
			entry("POST /newsletters/{key}/segment-count", "counts, and keeps nothing"),
			entry("POST /newsletters/{key}/settings/frame", "shows the settings, which are not saved"),
			entry("POST " + ROUTE + "/edit/draft", DRAFT), entry("POST " + ROUTE + "/edit/file", DRAFT),
			entry("POST " + ROUTE + "/edit/discard", DRAFT), entry("POST " + ROUTE + "/edit/bring-back", DRAFT),
			entry("POST " + ROUTE + "/history", DRAFT),
			entry("POST /mailboxes/{name}/test", "looks whether the mailbox can be read"),
			entry("POST /u/{token}", "a reader's own choice: it is in the record of consent"),
			entry("POST /join/{key}", "a reader's own wish: it is in the record of consent once it is confirmed"),
			entry("POST /confirm/{token}", "a reader's own choice: it is in the record of consent"),
			entry("POST /u/{token}/preferences", "a reader's own choice: it is in the record of consent"),
			entry("POST /u/{token}/request", "a reader's own request: PreferencesTests sees the entry of an erasure"),
			entry("POST /webhooks/{key}", "a provider's report: it is among the bounces"),
			entry("PUT /webhooks/{key}", "is refused"), entry("PATCH /webhooks/{key}", "is refused"),
			entry("DELETE /webhooks/{key}", "is refused"));

	private static final ScriptedSmtpServer RELAY = ScriptedSmtpServer.start((stage, address) -> null);

	@LocalServerPort
	private int port;

	@Autowired
	@Qualifier("requestMappingHandlerMapping")
	private RequestMappingHandlerMapping mappings;

	@Autowired
	private SetUp setUp;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private JobRepository jobRepository;

	private final Map<String, Step> steps = new LinkedHashMap<>();

	private Browser admin = new Browser(0);

	private String watch = "";

	record Step(String action, Supplier<Page> press) {
	}

	@DynamicPropertySource
	static void relay(DynamicPropertyRegistry properties) {
		properties.add("spring.mail.host", () -> "127.0.0.1");
		properties.add("spring.mail.port", RELAY::port);
		properties.add("herald.allow-local-base-url", () -> "true");
	}

	@AfterAll
	static void close() {
		RELAY.close();
	}

	@Test
	void everyRouteThatChangesSomethingLeavesAnEntry() {
		this.admin = new Browser(this.port);
		newsletters();
		segments();
		writing();
		sends();
		operation();
		AccountSteps accounts = new AccountSteps(this.admin, this.port, this.jdbc, this.steps);
		accounts.ofOthers();
		decisions();
		people();
		accounts.ofOnesOwn();
		Set<String> known = new TreeSet<>(this.steps.keySet());
		known.addAll(NOT_RECORDED.keySet());
		assertThat(known).as("a new route needs a step here, or a reason why it changes nothing").isEqualTo(routes());
		this.steps.forEach((route, step) -> {
			int before = entries(step.action());
			Page page = step.press().get();
			assertThat(page.status()).as(route + " " + page).isLessThan(400);
			Awaitility.await(route + " leaves " + step.action())
				.atMost(Duration.ofSeconds(20))
				.until(() -> entries(step.action()) > before);
		});
		assertThat(this.jdbc
			.sql("""
					SELECT COUNT(*) FROM audit_field WHERE was LIKE '%bells%' OR became LIKE '%bells%' OR became LIKE '%bcrypt%'
					""")
			.query(Integer.class)
			.single()).as("secrets in the log").isZero();
		Page log = this.admin.get("/audit");
		assertThat(log.words()).contains("newsletter changed", "ada@example.org", "account disabled");
		assertThat(this.admin.get("/audit?what=send.cancelled&who=ada").html().select("tbody tr")).hasSize(1);
		assertThat(this.admin.get("/audit?day=2020-01-01").words()).contains("Nothing like that is on record");
		assertThat(this.admin.get("/audit?who=%3Cscript%3E%25&day=never&before=x").status()).isEqualTo(400);
		assertThat(this.admin.get("/audit?who=%3Cscript%3E%25&day=never").html().select("main script")).isEmpty();
	}

	private void step(String route, String action, Supplier<Page> press) {
		this.steps.put(route, new Step(action, press));
	}

	private void newsletters() {
		step("POST /setup", "account.created", () -> {
			String token = this.setUp.token().orElseThrow();
			this.admin.get("/setup?token=" + token);
			Page page = this.admin.post("/setup",
					Map.of("token", token, "address", "ada@example.org", "password", PASSWORD));
			this.admin.signIn("ada@example.org", PASSWORD);
			return page;
		});
		step("POST /newsletters", "newsletter.created",
				() -> this.admin.post("/newsletters", Map.of("key", "weekly", "name", "Weekly", "from",
						"Weekly <weekly@example.org>", "language", "en", "postalAddress", "1 Kettle Street")));
		step("POST /newsletters/{key}/sign-up", "sign.up.changed",
				() -> this.admin.post("/newsletters/weekly/sign-up", Map.of("offered", "true", "welcome", "LETTER")));
		step("POST /newsletters/{key}/settings", "newsletter.changed",
				() -> this.admin.post("/newsletters/weekly/settings", Map.of("name", "The Weekly", "from",
						"Weekly <weekly@example.org>", "language", "en", "postalAddress", "1 Kettle Street")));
		step("POST /newsletters/{key}/subscribers/imports/{id}", "subscribers.imported", () -> {
			Page checking = this.admin.upload("/newsletters/weekly/subscribers/imports", "r.csv",
					"email\nreader@example.net\n".getBytes(StandardCharsets.UTF_8), Map.of());
			Awaitility.await().until(() -> this.admin.follow(checking).words().contains("Nothing is changed yet"));
			return this.admin.post(checking.location(), Map.of());
		});
		step("POST /newsletters/{key}/issues", "issue.imported",
				() -> this.admin.upload("/newsletters/weekly/issues", "first.md",
						"# First\n\nHello, [reader](https://example.org/a).\n".getBytes(StandardCharsets.UTF_8),
						Map.of()));
	}

	private void segments() {
		String segment = "/newsletters/weekly/segments/chinese";
		step("POST /newsletters/{key}/new-segment", "segment.created",
				() -> this.admin.post("/newsletters/weekly/new-segment",
						Map.of("name", "Chinese", "test.0", "LANGUAGE_IS", "value.0", "zh")));
		step("POST /newsletters/{key}/segments/{id}", "segment.changed",
				() -> this.admin.post(segment,
						Map.of("name", "Chinese", "seen",
								this.admin.get(segment).html().expectFirst("[name=seen]").attr("value"), "test.0",
								"LANGUAGE_IS_NOT", "value.0", "en")));
		step("POST /newsletters/{key}/segments/{id}/delete", "segment.deleted",
				() -> this.admin.post(segment + "/delete", Map.of()));
		step("POST /newsletters/{key}/segments/{id}/undo", "segment.restored",
				() -> this.admin.post(segment + "/undo", Map.of()));
	}

	private void writing() {
		step("POST /newsletters/{key}/begin", "issue.begun",
				() -> this.admin.post("/newsletters/weekly/begin", Map.of("title", "Second")));
		step("POST " + ROUTE + "/edit", "issue.changed", () -> this.admin.post("/newsletters/weekly/issues/second/edit",
				Map.of("text", "# Second\n\nWritten.\n", "basedOn", basedOn())));
		step("POST " + ROUTE + "/edit/test", "issue.tested", () -> this.admin.post(ISSUE + "/edit/test",
				Map.of("to", "ann@example.net", "text", "# First\n\nHello.\n")));
	}

	private String basedOn() {
		return this.admin.get("/newsletters/weekly/issues/second/edit")
			.html()
			.select("input[name=basedOn]")
			.attr("value");
	}

	private void sends() {
		step("POST " + ROUTE + "/test", "issue.tested",
				() -> this.admin.post(ISSUE + "/test", Map.of("to", "ann@example.net")));
		step("POST " + ROUTE + "/sends", "send.scheduled", () -> {
			String seen = this.admin.get(ISSUE + "/send?when=now").html().select("input[name=seen]").attr("value");
			Page page = this.admin.post(ISSUE + "/sends", Map.of("due",
					Instant.now().plus(Duration.ofDays(1)).toString(), "zone", "Asia/Shanghai", "seen", seen));
			this.watch = page.location();
			return page;
		});
		step("POST " + ROUTE + "/sends/{id}/pause", "send.paused",
				() -> this.admin.post(this.watch + "/pause", Map.of()));
		step("POST " + ROUTE + "/sends/{id}/continue", "send.resumed",
				() -> this.admin.post(this.watch + "/continue", Map.of()));
		step("POST " + ROUTE + "/sends/{id}/move", "send.moved",
				() -> this.admin.post(this.watch + "/move",
						Map.of("date", LocalDate.now(ZoneOffset.UTC).plusDays(3).toString(), "time", "08:00", "zone",
								"Asia/Shanghai")));
		step("POST " + ROUTE + "/sends/{id}/keep", "send.resumed", () -> {
			this.jdbc.sql("""
					UPDATE send SET cancel_from = status, status = 'HELD', cancel_at = '2099-01-01 00:00:00'
					WHERE status = 'SCHEDULED'
					""").update();
			return this.admin.post(this.watch + "/keep", Map.of());
		});
		step("POST " + ROUTE + "/sends/{id}/approve", "send.approved", () -> {
			this.jdbc.sql("""
					UPDATE send SET status = 'HELD', needs_approval = 1, requested_by = 'ann@example.org'
					WHERE status = 'SCHEDULED'
					""").update();
			String seen = this.admin.get(this.watch + "/approval").html().select("input[name=seen]").attr("value");
			return this.admin.post(this.watch + "/approve", Map.of("seen", seen));
		});
		step("POST " + ROUTE + "/sends/{id}/cancel", "send.cancelled",
				() -> this.admin.post(this.watch + "/cancel", Map.of()));
		step("POST " + ROUTE + "/report/waves/{id}", "wave.alive", () -> {
			this.jdbc.sql("""
					INSERT INTO bounce_wave (send_id, provider, likeness, text, bounces, recipients, state)
					SELECT MAX(id), 0, '%s', '550', 31, 60, 'HELD' FROM send
					""".formatted("a".repeat(64))).update();
			int wave = this.jdbc.sql("SELECT MAX(id) FROM bounce_wave").query(Integer.class).single();
			return this.admin.post(ISSUE + "/report/waves/" + wave, Map.of("dead", "false"));
		});
	}

	private void operation() {
		step("POST /relays/limit", "limit.changed",
				() -> this.admin.post("/relays/limit", Map.of("name", "rate", "value", "5000/s")));
		step("POST /relays/limit/restore", "limit.restored",
				() -> this.admin.post("/relays/limit/restore", Map.of("name", "rate")));
		step("POST /jobs/{id}/restart", "job.restarted", () -> {
			JobParameters parameters = new JobParametersBuilder().addString("mailbox", "main").toJobParameters();
			JobExecution failed = this.jobRepository.createJobExecution(
					this.jobRepository.createJobInstance("collect-bounces", parameters), parameters,
					new ExecutionContext());
			failed.setStatus(BatchStatus.FAILED);
			this.jobRepository.update(failed);
			return this.admin.post("/jobs/" + failed.getId() + "/restart", Map.of());
		});
	}

	private void decisions() {
		step("POST /suppressions", "address.suppressed",
				() -> this.admin.post("/suppressions", Map.of("address", "cyd@example.org", "reason", "by letter")));
		step("POST /suppressions/{id}/lift", "suppression.lifted", () -> this.admin
			.post("/suppressions/" + newest("suppression_change") + "/lift", Map.of("reason", "by another letter")));
		step("POST /suppressions/{id}/undo", "address.suppressed",
				() -> this.admin.post("/suppressions/" + newest("suppression_change") + "/undo", Map.of()));
		step("POST /review/waves/{id}/undo", "wave.reopened",
				() -> this.admin.post("/review/waves/" + newest("bounce_wave") + "/undo", Map.of()));
		step("POST /review/waves/{id}", "wave.dead",
				() -> this.admin.post("/review/waves/" + newest("bounce_wave"), Map.of("dead", "true")));
		step("POST /review/reports/{id}", "report.dismissed", () -> {
			this.jdbc.sql("""
					INSERT INTO report_review (report_sha256, address, source, kind, bounce_class, status, action,
					                           reason, evidence, received_at)
					VALUES ('x', 'reader@example.net', 'imap', 'BOUNCE', 'HARD', '5.1.1', 'failed', 'userunknown',
					        'no such user', '2026-11-24')
					""").update();
			return this.admin.post("/review/reports/" + newest("report_review"), Map.of("count", "false"));
		});
		step("POST /review/reports/{id}/undo", "report.reopened",
				() -> this.admin.post("/review/reports/" + newest("report_review") + "/undo", Map.of()));
		step("POST " + ROUTE + "/deliveries/uncertain", "deliveries.resolved", () -> {
			this.jdbc.sql("""
					INSERT INTO delivery (issue_id, subscriber_id, send_id, state, provider, attempts, due_at, next_at,
					                      changed_at)
					SELECT o.issue_id, s.id, o.id, 5, 0, 1, 0, 0, 0 FROM send o, subscriber s
					WHERE o.id = (SELECT MAX(id) FROM send) AND s.address = 'reader@example.net'
					""").update();
			return this.admin.post(ISSUE + "/deliveries/uncertain",
					Map.of("again", "false", "list", list("/deliveries/uncertain")));
		});
		step("POST " + ROUTE + "/deliveries/resend", "send.resent", () -> {
			this.jdbc.sql("UPDATE delivery SET state = 4").update();
			this.jdbc.sql("UPDATE send SET counted_at = NULL").update();
			return this.admin.post(ISSUE + "/deliveries/resend", Map.of("list", list("/deliveries/resend")));
		});
	}

	/** At the end: who is erased is nobody's example any more. */
	private void people() {
		step("POST /subscribers/{id}/data", "person.exported",
				() -> this.admin.post("/subscribers/" + newest("subscriber") + "/data", Map.of()));
		step("POST /subscribers/{id}/erase", "person.erased",
				() -> this.admin.post("/subscribers/" + newest("subscriber") + "/erase", Map.of()));
	}

	private int newest(String table) {
		return this.jdbc.sql("SELECT MAX(id) FROM " + table).query(Integer.class).single();
	}

	/** Which list of deliveries was shown. */
	private String list(String path) {
		return this.admin.get(ISSUE + path).html().select("input[name=list]").attr("value");
	}

	private int entries(String action) {
		return this.jdbc.sql("SELECT COUNT(*) FROM audit_entry WHERE action = ?")
			.param(action)
			.query(Integer.class)
			.single();
	}

	/** All that are not for looking; * for all methods. */
	private Set<String> routes() {
		Set<String> routes = new TreeSet<>();
		this.mappings.getHandlerMethods().keySet().forEach((mapping) -> {
			Set<RequestMethod> methods = mapping.getMethodsCondition().getMethods();
			for (String pattern : mapping.getPatternValues()) {
				if (methods.isEmpty()) {
					routes.add("* " + pattern);
				}
				methods.stream()
					.filter((method) -> !Set.of(RequestMethod.GET, RequestMethod.HEAD, RequestMethod.OPTIONS)
						.contains(method))
					.forEach((method) -> routes.add(method + " " + pattern));
			}
		});
		return routes;
	}

}
