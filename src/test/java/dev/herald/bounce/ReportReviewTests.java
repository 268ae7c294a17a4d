package dev.herald.bounce;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.herald.bounce.ReportReview.Item;
import dev.herald.problem.Problem;
import dev.herald.returns.BounceClass;
import dev.herald.returns.Report;
import dev.herald.returns.Report.Kind;
import dev.herald.returns.Report.ReportedRecipient;
import dev.herald.testing.TestDatabase;
import dev.herald.tracking.DeliveryLinks;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A report that anybody may have written suppresses nobody by itself. */
@ParameterizedClass
@CsvSource({ "H2", "MYSQL" })
class ReportReviewTests {

	/** Started once for all tests on a database and policy. */
	private static final Map<String, Running> RUNNING = new HashMap<>();

	private final TestDatabase kind;

	@TempDir
	@SuppressWarnings("NullAway.Init") // JUnit sets it before each test.
	private Path folder;

	@SuppressWarnings("NullAway.Init") // Set before each test.
	private Rows rows;

	ReportReviewTests(TestDatabase kind) {
		this.kind = kind;
	}

	private Running running(String withoutToken) {
		return RUNNING.computeIfAbsent(this.kind + withoutToken, (key) -> {
			TestDatabase.Opened database = this.kind.open();
			return new Running(database,
					ReturnsApplication.start(database, "herald.home=" + homeWith("without-token: " + withoutToken)));
		});
	}

	private Path homeWith(String policy) {
		try {
			Path home = Files.createTempDirectory(this.folder, "home");
			Files.createDirectory(home.resolve("batch"));
			Files.writeString(home.resolve("batch/collect-bounces.yaml"), "policy:\n  " + policy + "\n");
			return home;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@BeforeEach
	void prepare() {
		this.rows = new Rows(running("review").database().jdbc());
		this.rows.insert();
	}

	@AfterAll
	static void stop() {
		RUNNING.values().forEach(Running::close);
		RUNNING.clear();
	}

	private Intake intake() {
		return running("review").context().getBean(Intake.class);
	}

	private ReportReview review() {
		return running("review").context().getBean(ReportReview.class);
	}

	private static byte[] report(String address) {
		return """
				From: MAILER-DAEMON@mx.example.net
				To: ann@example.org
				Subject: Undelivered
				Content-Type: multipart/report; report-type=delivery-status; boundary=x

				--x
				Content-Type: message/delivery-status

				Reporting-MTA: dns; mx.example.net

				Final-Recipient: rfc822; %s
				Action: failed
				Status: 5.1.1
				Diagnostic-Code: smtp; 550 5.1.1 no such user
				--x--
				""".formatted(address).getBytes(StandardCharsets.UTF_8);
	}

	private Taken take(byte[] mail) {
		return intake().record(intake().readMail("imaps://imap.example.org/INBOX", mail));
	}

	private void sent(int subscriber) {
		this.rows.jdbc().sql("""
				INSERT INTO delivery (issue_id, subscriber_id, send_id, state, provider, attempts, due_at, next_at,
				                      changed_at)
				VALUES (7, ?, 3, 2, 0, 1, 0, 0, 0)
				""").param(subscriber).update();
	}

	@Test
	void aReportWithoutATokenIsKeptForAPersonAndSuppressesNobody() {
		assertThat(take(report("Reader1@Example.net"))).isEqualTo(new Taken.ForReview());

		assertThat(this.rows.suppressed()).isEmpty();
		assertThat(this.rows.bounces()).isEmpty();
		assertThat(review().waiting()).singleElement().satisfies((item) -> {
			assertThat(item.kind()).isEqualTo(Kind.BOUNCE);
			assertThat(item.source()).isEqualTo("imaps://imap.example.org/INBOX");
			assertThat(item.recipient()).isEqualTo(new ReportedRecipient("Reader1@Example.net", "5.1.1", "failed",
					BounceClass.HARD, "userunknown", "smtp; 550 5.1.1 no such user"));
		});
	}

	@Test
	void theBounceOfATestIsNobodysNotEvenWhereAddressesAreBelieved() {
		this.rows = new Rows(running("count").database().jdbc());
		this.rows.insert();
		sent(1);
		Intake believing = running("count").context().getBean(Intake.class);
		for (String trace : List.of("Delivered-To: bounce+SAMPLE@news.example\r\n",
				"Received: from x by y for <bounce+sample@news.example>; Tue, 24 Nov 2026 08:00:00 +0000\r\n")) {
			byte[] bounce = (trace + new String(report("Reader1@Example.net"), StandardCharsets.UTF_8))
				.getBytes(StandardCharsets.UTF_8);
			assertThat(take(bounce)).isEqualTo(new Taken.OfTest());
			assertThat(believing.record(believing.readMail("x", bounce))).isEqualTo(new Taken.OfTest());
		}
		byte[] returned = new String(report("Reader1@Example.net"), StandardCharsets.UTF_8)
			.replace("--x--",
					"--x\nContent-Type: text/rfc822-headers\n\nMessage-ID: <SAMPLE.ab12.1@news.example>\n--x--")
			.getBytes(StandardCharsets.UTF_8);
		assertThat(take(returned)).isEqualTo(new Taken.OfTest());
		assertThat(intake().record(intake().readEvent("provider", new byte[] { 1 },
				intake().readMail("x", report("Reader1@Example.net")).report(),
				List.of("<SAMPLE.ab12.1@news.example>"))))
			.isEqualTo(new Taken.OfTest());
		assertThat(this.rows.suppressed()).isEmpty();
		assertThat(this.rows.bounces()).isEmpty();
		assertThat(review().waiting()).isEmpty();
		assertThat(running("count").context().getBean(ReportReview.class).waiting()).isEmpty();
	}

	@Test
	void theSameAgainAndStrangersAreNotKept() {
		take(report("reader1@example.net"));
		take(report("reader1@example.net"));
		take(report("stranger@example.net"));
		take(report("no address"));

		assertThat(review().waiting()).hasSize(1);
	}

	@Test
	void theSameMailByTwoWaysIsOne() {
		byte[] named = ("Message-ID: <r1@mx.example.net>\n" + text(report("reader1@example.net")))
			.getBytes(StandardCharsets.UTF_8);
		take(named);
		take(("Received: from a.example by b.example\n" + text(named)).getBytes(StandardCharsets.UTF_8));
		assertThat(review().waiting()).hasSize(1);

		take(text(named).replace("<r1@", "<r2@").getBytes(StandardCharsets.UTF_8));
		take(text(named).replace("no such user", "never heard of").getBytes(StandardCharsets.UTF_8));
		assertThat(review().waiting()).hasSize(3);
	}

	private static String text(byte[] mail) {
		return new String(mail, StandardCharsets.UTF_8);
	}

	@Test
	void countedItIsTheLastIssuesBounce() {
		sent(1);
		take(report("reader1@example.net"));
		Item item = review().waiting().get(0);

		assertThat(review().count(item.id(), "ann")).isTrue();

		assertThat(this.rows.bounces()).containsExactly("1 HARD userunknown");
		assertThat(this.rows.suppressed()).containsExactly("reader1@example.net HARD_BOUNCE");
		assertThat(review().waiting()).isEmpty();
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> review().dismiss(item.id(), "ann"))
			.withMessage("No report with the number %d waits for a decision. See: herald bounce review"
				.formatted(item.id()));
		take(report("reader1@example.net"));
		assertThat(review().waiting()).isEmpty();
	}

	@Test
	void whatWasNeverSentCannotBeCountedAndKeepsWaiting() {
		take(report("reader1@example.net"));
		int id = review().waiting().get(0).id();

		assertThatExceptionOfType(Problem.class).isThrownBy(() -> review().count(id, "ann"))
			.withMessageContaining("no issue was sent to");
		assertThat(review().waiting()).hasSize(1);

		review().dismiss(id, "ann");
		assertThat(review().waiting()).isEmpty();
		assertThat(this.rows.suppressed()).isEmpty();
	}

	@Test
	void aDismissalIsTakenBackAndTheListGoesPageByPage() {
		sent(1);
		take(report("reader1@example.net"));
		take(report("reader2@example.net"));
		List<Item> both = review().waiting();
		assertThat(review().waiting(Integer.MAX_VALUE, 1)).containsExactly(both.get(0));
		assertThat(review().waiting(both.get(0).id(), 1)).containsExactly(both.get(1));
		assertThat(review().deliveryOf(both.get(1))).contains(Rows.delivery(1));
		assertThat(review().deliveryOf(both.get(0))).as("was never sent anything").isEmpty();
		int id = both.get(1).id();
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> review().reopen(id));
		review().dismiss(id, "ann");

		review().reopen(id);

		assertThat(review().waiting()).isEqualTo(both);
		review().count(id, "ann");
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> review().reopen(id))
			.withMessageContaining("was dismissed");
	}

	@Test
	void aProvidersEventIsBoundToItsDeliveryByTheTokenAlone() {
		DeliveryLinks links = running("review").context().getBean(DeliveryLinks.class);
		Report report = new Report(Kind.BOUNCE, List.of(new ReportedRecipient("reader2@example.net", "5.1.1", "failed",
				BounceClass.HARD, "userunknown", "550 5.1.1 no such user")));
		byte[] event = "{\"event\":1}".getBytes(StandardCharsets.UTF_8);

		assertThat(intake().record(intake().readEvent("a provider", event, report, List.of("", "<x@example.org>"))))
			.isEqualTo(new Taken.ForReview());
		assertThat(intake().record(intake().readEvent("a provider", event, report,
				List.of("bounce@example.org", links.messageId(Rows.delivery(2))))))
			.isEqualTo(new Taken.Recorded(true, true));
		assertThat(intake().record(intake().readEvent("a provider", event, report,
				List.of(links.envelopeSender(Rows.delivery(2)).value()))))
			.isEqualTo(new Taken.Recorded(false, false));

		assertThat(this.rows.bounces()).containsExactly("2 HARD userunknown");
	}

	@Test
	void aPolicyMayBelieveAddressesOrIgnoreThem() {
		this.rows = new Rows(running("count").database().jdbc());
		this.rows.insert();
		sent(1);
		Intake believing = running("count").context().getBean(Intake.class);
		assertThat(believing.record(believing.readMail("x", report("reader1@example.net"))))
			.isEqualTo(new Taken.Recorded(true, true));
		assertThat(believing.record(believing.readMail("x", report("reader2@example.net")))).as("never sent anything")
			.isEqualTo(new Taken.ForReview());
		assertThat(this.rows.suppressed()).containsExactly("reader1@example.net HARD_BOUNCE");

		this.rows = new Rows(running("ignore").database().jdbc());
		this.rows.insert();
		Intake ignoring = running("ignore").context().getBean(Intake.class);
		assertThat(ignoring.record(ignoring.readMail("x", report("reader1@example.net"))))
			.isEqualTo(new Taken.ForReview());
		assertThat(running("ignore").context().getBean(ReportReview.class).waiting()).isEmpty();
	}

	private record Running(TestDatabase.Opened database, ConfigurableApplicationContext context) {

		void close() {
			this.context.close();
			this.database.close();
		}

	}

}
