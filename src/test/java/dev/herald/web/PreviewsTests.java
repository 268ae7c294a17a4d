package dev.herald.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import dev.herald.address.Mailbox;
import dev.herald.issue.IssueReader;
import dev.herald.issue.IssueSource;
import dev.herald.newsletter.Newsletter;
import dev.herald.problem.Problem;
import dev.herald.web.Previews.Preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** However many ask for previews, one is made at a time, and none that nobody needs. */
@WebTest
class PreviewsTests {

	private final Newsletter weekly = new Newsletter(1, "weekly", "Weekly", Mailbox.parse("Ann <ann@example.org>"),
			null, Locale.ENGLISH, null, "1 Main St");

	private final ExecutorService people = Executors.newCachedThreadPool();

	@Autowired
	private Previews previews;

	@AfterEach
	void leave() {
		this.people.shutdownNow();
	}

	private static IssueSource source(String text) {
		return IssueReader.read("x.md", ("# Title\n\n" + text).getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void oneTextIsRenderedOnceForItsFrameAndItsFindings() {
		Preview frame = this.previews.of(() -> source("Kettles, [here](http://example.org/)."), this.weekly);
		Preview findings = this.previews.of(() -> source("Kettles, [here](http://example.org/)."), this.weekly);
		assertThat(findings).isSameAs(frame);
		assertThat(frame.findings()).extracting((finding) -> finding.check().key())
			.containsExactly("preheader", "http-link");
		Newsletter other = new Newsletter(1, "weekly", "Other", Mailbox.parse("Ann <ann@example.org>"), null,
				Locale.ENGLISH, null, "1 Main St");
		assertThat(this.previews.of(() -> source("Kettles, [here](http://example.org/)."), other)).isNotSameAs(frame);
	}

	@Test
	void whoWaitsGetsWhatIsNewestByThenAndTooManyAreTurnedAway() throws Exception {
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch slow = new CountDownLatch(1);
		AtomicInteger asked = new AtomicInteger();
		Future<Preview> first = this.people.submit(() -> this.previews.of(() -> {
			if (asked.incrementAndGet() == 2) {
				begun.countDown();
				awaitQuietly(slow);
			}
			return source("First.");
		}, this.weekly));
		begun.await();
		List<Future<Preview>> waiting = new ArrayList<>();
		for (int i = 0; i < 12; i++) {
			AtomicInteger revision = new AtomicInteger();
			waiting.add(this.people.submit(() -> this.previews
				.of(() -> source("Revision " + Math.min(2, revision.incrementAndGet())), this.weekly)));
		}
		await().atMost(Duration.ofSeconds(8)).until(() -> waiting.stream().anyMatch(Future::isDone));
		slow.countDown();
		assertThat(first.get().source().markdown()).contains("First.");
		List<Preview> made = new ArrayList<>();
		for (Future<Preview> one : waiting) {
			try {
				made.add(one.get());
			}
			catch (ExecutionException ex) {
				assertThat(ex).hasCauseInstanceOf(Problem.class)
					.hasMessageContaining("Too much is being rendered just now.");
			}
		}
		assertThat(made).hasSizeBetween(1, 11)
			.allSatisfy((preview) -> assertThat(preview).isSameAs(made.get(0)))
			.first()
			.satisfies((preview) -> assertThat(preview.source().markdown()).contains("Revision 2"));
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void aTextThatCannotBeReadTakesNoTurn() {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.previews.of(() -> source(""), this.weekly));
		assertThat(this.previews.of(() -> source("Text."), this.weekly).compiled().subject()).isEqualTo("Title");
	}

}
