package dev.herald.bounce;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.herald.testing.TestDatabase;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A schedule of once an hour, and a server that says when a mail has come. */
@ParameterizedClass
@EnumSource(value = TestDatabase.class, names = "H2")
@Timeout(60)
class MailboxWatchTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final TestDatabase.Opened database;

	private final ReturnsServer server = new ReturnsServer();

	private final AtomicInteger runs = new AtomicInteger();

	private final Scheduler scheduler;

	MailboxWatchTests(TestDatabase kind) {
		this.database = kind.open();
		RecurringTask<Void> hourly = Tasks
			.recurring(CollectBouncesConfiguration.NAME, FixedDelay.of(Duration.ofHours(1)))
			.execute((instance, context) -> this.runs.incrementAndGet());
		this.scheduler = Scheduler.create(this.database.dataSource())
			.startTasks(hourly)
			.threads(1)
			.pollingInterval(Duration.ofMillis(200))
			.alwaysPersistTimestampInUTC()
			.build();
	}

	@BeforeEach
	void start() {
		this.scheduler.start();
		awaitRuns(1);
	}

	@AfterEach
	void stop() {
		this.scheduler.stop();
		this.server.close();
		this.database.close();
	}

	/** GreenMail's threads complain of connections that are cut. */
	private static ConditionFactory whenever() {
		return await().dontCatchUncaughtExceptions();
	}

	private void awaitRuns(int number) {
		whenever().atMost(SOON).until(() -> this.runs.get() == number);
	}

	/** Long enough for a run that should not be. */
	private void assertRunsStay(int number) {
		whenever().during(Duration.ofSeconds(3)).atMost(SOON).until(() -> this.runs.get() == number);
	}

	private MailboxWatches watches(Duration renewal, String... mailbox) {
		MailboxWatches watches = new MailboxWatches(new Mailboxes(List.of(MailboxesTests.settings(mailbox))),
				this.scheduler, Clock.systemUTC(), renewal, Duration.ofMillis(100));
		watches.start();
		return watches;
	}

	private MailboxWatches watches(ImapProxy proxy) {
		return watches(Duration.ofMinutes(9),
				ReturnsServer.mailbox("main", "imap", proxy.port(), ReturnsServer.PASSWORD, "read-timeout=2s"));
	}

	private ImapProxy proxy() {
		return ImapProxy.without(this.server.port("imap"));
	}

	private void deliver() throws Exception {
		this.server.deliver("From: ann@example.net\nSubject: a question\n\nHello");
	}

	private static void awaitIdle(ImapProxy proxy, int times) {
		whenever().atMost(SOON).until(() -> proxy.count("IDLE") >= times);
	}

	@Test
	void aMailThatComesMakesARunAndABurstMakesOne() throws Exception {
		try (ImapProxy proxy = proxy()) {
			MailboxWatches watches = watches(proxy);
			awaitIdle(proxy, 1);
			assertRunsStay(1);
			deliver();
			awaitRuns(2);
			for (int i = 0; i < 30; i++) {
				deliver();
			}
			awaitRuns(3);
			assertRunsStay(3);
			watches.stop();
		}
	}

	@Test
	void whatHasComeWhileNobodyWatchedMakesARun() throws Exception {
		deliver();
		try (ImapProxy proxy = proxy()) {
			MailboxWatches watches = watches(proxy);
			awaitRuns(2);
			watches.stop();
		}
	}

	@Test
	void aBrokenConnectionIsMadeAnew() throws Exception {
		try (ImapProxy proxy = proxy()) {
			MailboxWatches watches = watches(proxy);
			awaitIdle(proxy, 1);
			proxy.cut();
			awaitIdle(proxy, 2);
			deliver();
			awaitRuns(2);
			watches.stop();
		}
	}

	/** RFC 2177: at least every 29 minutes. */
	@Test
	void idleIsRenewedOnTheSameConnection() throws Exception {
		try (ImapProxy proxy = proxy()) {
			MailboxWatches watches = watches(Duration.ofMillis(1200),
					ReturnsServer.mailbox("main", "imap", proxy.port(), ReturnsServer.PASSWORD));
			awaitIdle(proxy, 3);
			assertThat(proxy.count("LOGIN") + proxy.count("AUTHENTICATE")).isEqualTo(1);
			assertThat(proxy.commands()).contains("NOOP");
			deliver();
			awaitRuns(2);
			watches.stop();
		}
	}

	@Test
	void aServerWithoutIdleIsLeftToPolling() throws Exception {
		try (ImapProxy proxy = ImapProxy.without(this.server.port("imap"), "IDLE")) {
			MailboxWatches watches = watches(proxy);
			whenever().atMost(SOON).until(() -> proxy.count("LOGOUT") == 1);
			deliver();
			assertRunsStay(1);
			assertThat(proxy.count("IDLE")).isZero();
			watches.stop();
		}
	}

	@Test
	void stoppingEndsTheConnectionAndIsPrompt() {
		try (ImapProxy proxy = proxy()) {
			MailboxWatches watches = watches(proxy);
			awaitIdle(proxy, 1);
			long begun = System.nanoTime();
			watches.stop();
			assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(2500));
			assertThat(watches.isRunning()).isFalse();
			whenever().atMost(SOON).until(() -> proxy.count("LOGOUT") == 1);
		}
	}

	@Test
	void aServerThatDoesNotAnswerDoesNotHoldUpTheStop() throws Exception {
		try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
			MailboxWatches watches = watches(Duration.ofMinutes(9), ReturnsServer.mailbox("main", "imap",
					mute.getLocalPort(), ReturnsServer.PASSWORD, "read-timeout=10m"));
			mute.accept();
			long begun = System.nanoTime();
			watches.stop();
			assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(2500));
		}
	}

	@Test
	void withoutIdleNothingIsWatched() throws Exception {
		try (ImapProxy proxy = proxy()) {
			MailboxWatches watches = watches(Duration.ofMinutes(9),
					ReturnsServer.mailbox("main", "imap", proxy.port(), ReturnsServer.PASSWORD, "idle=false"));
			deliver();
			assertRunsStay(1);
			assertThat(proxy.commands()).isEmpty();
			watches.stop();
		}
	}

}
