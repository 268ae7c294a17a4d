package dev.herald.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.herald.delivery.Send;
import dev.herald.delivery.SendStatus;
import dev.herald.delivery.Sends;
import dev.herald.health.Condition.Area;
import dev.herald.jobs.Execution;
import dev.herald.jobs.Jobs;
import dev.herald.jobs.ScheduledTask;
import dev.herald.problem.Sentence;
import dev.herald.settings.NeedsBatch;

import org.springframework.stereotype.Component;

/** What waits to be sent, whether servers work it off, and how the jobs ended. */
@NeedsBatch
@Component
class QueueCheck {

	/** The scheduler looks once a second. */
	private static final Duration LATE = Duration.ofMinutes(2);

	private static final int SCHEDULED = 100;

	private static final int NEWEST = 20;

	private static final int FAILURES = 3;

	private final Sends sends;

	private final Jobs jobs;

	private final Clock clock;

	QueueCheck(Sends sends, Jobs jobs, Clock clock) {
		this.sends = sends;
		this.jobs = jobs;
		this.clock = clock;
	}

	List<Condition> look() {
		List<ScheduledTask> schedule = this.jobs.schedule(SCHEDULED);
		List<Condition> conditions = new ArrayList<>(queue(schedule));
		List<Condition> ofJobs = jobs(schedule);
		conditions.addAll(ofJobs.isEmpty() ? List.of(Condition.good(Area.JOBS, "health.jobs.good")) : ofJobs);
		return conditions;
	}

	private List<Condition> queue(List<ScheduledTask> schedule) {
		List<Condition> conditions = new ArrayList<>();
		List<Send> unfinished = this.sends.unfinished();
		long held = unfinished.stream().filter((send) -> send.status() == SendStatus.HELD).count();
		if (held > 0) {
			conditions.add(Condition.warning(Area.QUEUE, "health.queue.held", held));
		}
		unfinished.stream()
			.filter((send) -> send.status() == SendStatus.WAITING)
			.findFirst()
			.map(Send::reason)
			.ifPresent((reason) -> conditions.add(Condition.warning(Area.QUEUE, "health.queue.waiting", reason)));
		Instant late = this.clock.instant().minus(LATE);
		if (schedule.stream().anyMatch((task) -> task.pickedBy().isEmpty() && task.dueAt().isBefore(late))) {
			conditions.add(Condition.bad(Area.QUEUE, "health.queue.idle"));
		}
		return conditions.isEmpty() ? List.of(Condition.good(Area.QUEUE, "health.queue.good", unfinished.size()))
				: conditions;
	}

	private List<Condition> jobs(List<ScheduledTask> schedule) {
		List<Condition> conditions = new ArrayList<>();
		Map<String, Execution> last = new LinkedHashMap<>();
		for (Execution execution : this.jobs.latest(NEWEST)) {
			last.putIfAbsent("%s %s%d".formatted(execution.job(), execution.mailbox(), execution.sendId()), execution);
		}
		last.values()
			.stream()
			.filter((execution) -> execution.failed() && execution.restartable())
			.forEach((execution) -> conditions
				.add(Condition.warning(Area.JOBS, "health.jobs.failed", execution.job(), Long.toString(execution.id()),
						Objects.requireNonNullElseGet(execution.failure(), () -> Sentence.of("health.jobs.unsaid")))));
		schedule.stream()
			.filter((task) -> task.failures() >= FAILURES)
			.forEach((task) -> conditions.add(Condition.warning(Area.JOBS, "health.jobs.task",
					task.name() + " " + task.instance(), task.failures())));
		return conditions;
	}

}
