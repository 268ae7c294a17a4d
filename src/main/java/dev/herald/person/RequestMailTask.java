package dev.herald.person;

import java.time.Duration;

import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.herald.settings.NeedsBatch;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The server's side of a reader's request: its mail is tried again, less and less often,
 * until the request is too old.
 */
@NeedsBatch
@Configuration(proxyBeanMethods = false)
class RequestMailTask {

	private static final Duration FIRST_RETRY = Duration.ofMinutes(1);

	private static final double LONGER_EACH_TIME = 2;

	@Bean
	Task<Void> readerMail(RequestMails mails) {
		return Tasks.oneTime(RequestTasks.NAME)
			.onFailure(new FailureHandler.ExponentialBackoffFailureHandler<>(FIRST_RETRY, LONGER_EACH_TIME))
			.execute((instance, context) -> mails.send(Long.parseLong(instance.getId())));
	}

}
