package dev.herald.bounce;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.herald.problem.Problem;
import dev.herald.settings.NeedsBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The server's schedule for collect-bounces; of several servers one runs it at a time.
 */
@NeedsBatch
@Configuration(proxyBeanMethods = false)
class CollectBouncesTask {

	private static final Logger logger = LoggerFactory.getLogger(CollectBouncesTask.class);

	@Bean
	Task<Void> collectBouncesSchedule(CollectBounces collectBounces) {
		return Tasks.recurring(CollectBouncesConfiguration.NAME, FixedDelay.of(collectBounces.every()))
			.execute((instance, context) -> {
				if (collectBounces.mailboxes() > 0) {
					collect(collectBounces);
				}
			});
	}

	private static void collect(CollectBounces collectBounces) {
		try {
			collectBounces.run();
		}
		catch (Problem problem) {
			logger.warn("{} It is tried again in {}.", problem.getMessage(), collectBounces.every());
		}
	}

}
