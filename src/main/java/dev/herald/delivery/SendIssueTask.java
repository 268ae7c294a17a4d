package dev.herald.delivery;

import java.time.Clock;
import java.time.Duration;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.herald.settings.NeedsBatch;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The server's side of a scheduled send: a task that the scheduler runs when it is due,
 * and again after a crash.
 */
@NeedsBatch
@Configuration(proxyBeanMethods = false)
class SendIssueTask {

	private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

	@Bean
	Task<Void> sendIssue(SendRunner runner, Clock clock) {
		return Tasks.custom(SendTasks.NAME, Void.class)
			.onDeadExecutionRevive()
			.onFailure(new FailureHandler.OnFailureRetryLater<Void>(LOOK_AGAIN))
			.execute((instance, context) -> completion(runner.runRound(Integer.parseInt(instance.getId())), clock));
	}

	private static CompletionHandler<Void> completion(SendRunner.RoundResult result, Clock clock) {
		return (complete, operations) -> {
			if (result instanceof SendRunner.RoundResult.Again again) {
				operations.reschedule(complete, again.at());
			}
			else if (result instanceof SendRunner.RoundResult.Elsewhere) {
				operations.reschedule(complete, clock.instant().plus(LOOK_AGAIN));
			}
			else {
				operations.stop();
			}
		};
	}

}
