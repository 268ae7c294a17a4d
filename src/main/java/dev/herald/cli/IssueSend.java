package dev.herald.cli;

import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;

import dev.herald.delivery.Review;
import dev.herald.delivery.Send;
import dev.herald.delivery.SendDecisions;
import dev.herald.delivery.SendPlan;
import dev.herald.delivery.SendRunner;
import dev.herald.delivery.SendStatus;
import dev.herald.delivery.Sends;
import dev.herald.issue.Issue;
import dev.herald.newsletter.Newsletters;
import dev.herald.problem.Problem;
import dev.herald.segment.Segment;
import dev.herald.segment.Segments;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "send",
		description = { "Sends an issue to all active subscribers, or to a segment of them.",
				"Shows first what its check warns of, and asks; without a terminal --yes has to say it.",
				"A send of it that was interrupted goes on where it was, and nobody gets it twice." },
		footer = { "", "Example:", "  herald issue send 2026-11-24 --newsletter ai-weekly --wait" })
final class IssueSend implements Callable<Integer> {

	private final Console console;

	private final Beans beans;

	@Mixin
	private IssueArgument issue = new IssueArgument();

	@Option(names = "--yes", description = "Don't ask: send it with what the check warns of.")
	private boolean yes;

	@Option(names = "--wait", description = "Deliver it here and now, show the progress, and end with the report.")
	private boolean wait;

	@Option(names = "--segment", paramLabel = "KEY",
			description = "Only to who is in this segment when the send begins; default: to all.")
	private @Nullable String segment;

	IssueSend(Console console, Beans beans) {
		this.console = console;
		this.beans = beans;
	}

	@Override
	public Integer call() {
		this.beans.withBatch();
		// A fault in batch/send-issue.yaml shows here, before anything is asked for.
		this.beans.get(SendRunner.class);
		Issue found = this.issue.find(this.beans);
		Sends sends = this.beans.get(Sends.class);
		Optional<Send> open = sends.unfinishedOf(found.id());
		Segment to = segment(found);
		open.ifPresent((send) -> refuseOther(send, to));
		Review review = open.isPresent() ? null : sends.review(found);
		if (review != null && !confirmed(review)) {
			return Failures.WORK_FAILED;
		}
		Send send = open.orElseGet(() -> sends.schedule(found,
				SendPlan.at(this.beans.get(Clock.class).instant(), ZoneId.systemDefault()).to(to), "command line",
				(review != null) ? review.fingerprint() : ""));
		if (open.isPresent()) {
			this.console.say("A send of %s is %s already (asked for by %s); this goes on with it."
				.formatted(found.slug(), send.status().inWords(), send.requestedBy()));
			Decided.warnOfOlderVersion(this.console, found, send);
		}
		if (send.status() == SendStatus.HELD && !send.awaitsApproval()) {
			this.beans.get(SendDecisions.class).resume(send.id());
		}
		return new SendHere(this.console, this.beans, found).start(send.id(), this.wait);
	}

	private @Nullable Segment segment(Issue found) {
		String key = this.segment;
		return (key == null) ? null : this.beans.get(Segments.class)
			.require(this.beans.get(Newsletters.class).byId(found.newsletterId()), key);
	}

	/** Going on with a send to others would look like the one that was asked for. */
	private void refuseOther(Send open, @Nullable Segment wanted) {
		Send.OfSegment of = open.segment();
		if (wanted != null && (of == null || !of.key().equals(wanted.key()))) {
			throw Problem
				.work("A send of it to %s is %s already. Let it end, or cancel it, before another is asked for."
					.formatted((of != null) ? "the segment " + of.key() : "all", open.status().inWords()));
		}
	}

	/** An issue with errors is refused with all of them, and nothing is to be asked. */
	private boolean confirmed(Review review) {
		if (!review.errors().isEmpty() || review.warnings().isEmpty()) {
			return true;
		}
		review.warnings().forEach((finding) -> this.console.say(finding.in(review.fileName()).toString()));
		return new Confirmation(this.console, this.yes).given("Send it as it is?");
	}

}
