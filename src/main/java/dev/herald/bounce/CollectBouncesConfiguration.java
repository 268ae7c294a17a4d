package dev.herald.bounce;

import java.time.Clock;

import dev.herald.bounce.MailboxReader.FetchedMail;
import dev.herald.settings.NeedsBatch;

import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** The job: one chunk step over the mailbox. */
@NeedsBatch
@Configuration(proxyBeanMethods = false)
class CollectBouncesConfiguration {

	static final String NAME = "collect-bounces";

	@Bean
	Job collectBouncesJob(JobRepository jobRepository, Step collectBouncesStep) {
		return new JobBuilder(NAME, jobRepository).start(collectBouncesStep).build();
	}

	@Bean
	Step collectBouncesStep(JobRepository jobRepository, PlatformTransactionManager transactionManager,
			CollectBouncesValues values, MailboxReader mailboxReader, BounceWriter bounceWriter,
			Intake intake) {
		return new StepBuilder("read-mailbox", jobRepository).<FetchedMail, CollectedMail>chunk(values.chunkSize())
			.transactionManager(transactionManager)
			.reader(mailboxReader)
			.processor((mail) -> new CollectedMail(mail.mail(), intake.readMail(mailboxReader.name(), mail.bytes())))
			.writer(bounceWriter)
			.build();
	}

	@Bean
	@StepScope
	MailboxReader mailboxReader(MailboxSettings settings, CollectBouncesValues values, JdbcClient jdbc) {
		return new MailboxReader(settings, values, jdbc);
	}

	@Bean
	@StepScope
	BounceWriter bounceWriter(MailboxReader mailboxReader, Intake intake, JdbcClient jdbc, Clock clock) {
		return new BounceWriter(mailboxReader, intake, jdbc, clock);
	}

}
