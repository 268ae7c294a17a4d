package dev.herald.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import dev.herald.address.Mailbox;
import dev.herald.bounce.CollectBounces;
import dev.herald.delivery.DeliveryCounts;
import dev.herald.delivery.Ledger;
import dev.herald.delivery.Send;
import dev.herald.delivery.Sends;
import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.mailbox.BuiltInMailbox;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.NewsletterSettings;
import dev.herald.newsletter.Newsletters;
import dev.herald.problem.Problem;
import dev.herald.report.ReportText;
import dev.herald.report.Reports;
import dev.herald.settings.Installation;
import dev.herald.subscriber.ImportResult;
import dev.herald.subscriber.SubscriberImport;
import jakarta.mail.MessagingException;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * Plays one issue through, from its Markdown file to its report, and tells on the console
 * what it does. Only the readers are made up: the send, the reports, the one click and
 * the job that collects are those of every day.
 */
@Component
@Profile("demo")
class Demo {

	private static final String NEWSLETTER = "quiet-machines";

	private static final String ISSUE_FILE = "2026-11-24-quiet-machines.md";

	private static final Duration PATIENCE = Duration.ofSeconds(50);

	private static final long LOOK_MILLIS = 200;

	private final Installation installation;

	private final Newsletters newsletters;

	private final SubscriberImport subscribers;

	private final Issues issues;

	private final Sends sends;

	private final Ledger ledger;

	private final BuiltInMailbox mailbox;

	private final DemoPostmaster postmaster;

	private final CollectBounces collectBounces;

	private final Reports reports;

	private final Clock clock;

	private final PrintStream out = System.out;

	Demo(Installation installation, Newsletters newsletters, SubscriberImport subscribers, Issues issues, Sends sends,
			Ledger ledger, BuiltInMailbox mailbox, DemoPostmaster postmaster, CollectBounces collectBounces,
			Reports reports, Clock clock) {
		this.installation = installation;
		this.newsletters = newsletters;
		this.subscribers = subscribers;
		this.issues = issues;
		this.sends = sends;
		this.ledger = ledger;
		this.mailbox = mailbox;
		this.postmaster = postmaster;
		this.collectBounces = collectBounces;
		this.reports = reports;
		this.clock = clock;
	}

	@EventListener(ApplicationReadyEvent.class)
	void start() {
		Thread thread = new Thread(() -> {
			try {
				play();
			}
			catch (Problem problem) {
				say("The demo stopped: " + problem.getMessage());
			}
			catch (IOException | MessagingException ex) {
				say("The demo stopped: " + ex);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}, "demo");
		thread.setDaemon(true);
		thread.start();
	}

	private void play() throws IOException, InterruptedException, MessagingException {
		Newsletter newsletter = this.newsletters.create(NEWSLETTER,
				new NewsletterSettings("安静的机器 Quiet Machines",
						Mailbox.parse("Quiet Machines <editors@quiet-machines.example>"), null,
						Locale.forLanguageTag("zh-CN"), null, "Quiet Machines, 7 Sill Lane, 200000 Example City"));
		ImportResult imported = this.subscribers.run(DemoReaders.csv(this.installation.dataDir()), newsletter,
				this.installation.dataDir().resolve("rejects.csv"), false);
		Issue issue = this.issues.importFile(newsletter, ISSUE_FILE, issueFile(), null).issue();
		say("\nThe demo: \"%s\", %d subscribers, no relay: a rehearsal into the built-in mailbox."
			.formatted(issue.title(), imported.added()));
		Send send = this.sends.schedule(issue, this.clock.instant(), ZoneId.systemDefault(), "the demo");
		watch(send, issue);
		say("  %d reports came back from readers' mail servers."
			.formatted(this.postmaster.sendReports(this.mailbox.smtpPort())));
		new DemoReader(this.mailbox).unsubscribe();
		say("  One reader pressed unsubscribe in the mail program.");
		CollectBounces.Collected collected = this.collectBounces.run();
		say("  collect-bounces read %d mails: %d bounces, %d addresses suppressed.\n".formatted(collected.read(),
				collected.bounces(), collected.suppressed()));
		say(ReportText.of(this.reports.of(issue), ZoneId.systemDefault()));
		say("The report   %s/newsletters/%s/issues/%s/report".formatted(this.installation.baseUrl(), NEWSLETTER,
				issue.slug()));
		say("The mails    %s/mailbox".formatted(this.installation.baseUrl()));
		say("Stop it with Ctrl+C. It keeps nothing.\n");
	}

	private static byte[] issueFile() throws IOException {
		try (InputStream in = new ClassPathResource("demo/" + ISSUE_FILE).getInputStream()) {
			return in.readAllBytes();
		}
	}

	private void watch(Send send, Issue issue) throws InterruptedException {
		Instant begin = this.clock.instant();
		int told = -1;
		Send now = send;
		while (now.status().isUnfinished() && Duration.between(begin, this.clock.instant()).compareTo(PATIENCE) < 0) {
			told = progress(issue, told);
			TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
			now = this.sends.byId(send.id());
		}
		progress(issue, told);
		if (now.status().isUnfinished()) {
			say("  It is still %s %s: the pages below go on showing it.".formatted(now.status().inWords(),
					(now.reason() != null) ? now.reason() : ""));
		}
	}

	private int progress(Issue issue, int told) {
		DeliveryCounts counts = this.ledger.counts(issue.id());
		int settled = counts.settled();
		if (settled != told && counts.recipients() > 0) {
			int tenths = settled * 20 / counts.recipients();
			say("  %s%s %d of %d".formatted("█".repeat(tenths), "░".repeat(20 - tenths), settled, counts.recipients()));
		}
		return (counts.recipients() > 0) ? settled : told;
	}

	private void say(String line) {
		this.out.println(line);
	}

}
