package dev.herald.bounce;

import java.time.Clock;

import dev.herald.bounce.MailboxReader.FetchedMail;
import dev.herald.returns.ReadReport;
import dev.herald.returns.ReportParser;
import dev.herald.settings.NeedsBatch;
import dev.herald.tracking.Unsubscribing;

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
			ReportedDelivery reportedDelivery, UnsubscribeMail unsubscribeMail) {
		return new StepBuilder("read-mailbox", jobRepository).<FetchedMail, CollectedMail>chunk(values.chunkSize())
			.transactionManager(transactionManager)
			.reader(mailboxReader)
			.processor((mail) -> understand(mail, reportedDelivery, unsubscribeMail))
			.writer(bounceWriter)
			.build();
	}

	private static CollectedMail understand(FetchedMail mail, ReportedDelivery deliveries,
			UnsubscribeMail unsubscribes) {
		ReadReport report = ReportParser.read(mail.bytes());
		return new CollectedMail(mail.mail(), MailboxReader.sha256(mail.bytes()), report.report(),
				deliveries.find(report), unsubscribes.find(report));
	}

	@Bean
	@StepScope
	MailboxReader mailboxReader(MailboxSettings settings, CollectBouncesValues values, JdbcClient jdbc) {
		return new MailboxReader(settings, values, jdbc);
	}

	@Bean
	@StepScope
	BounceWriter bounceWriter(MailboxReader mailboxReader, BounceRecording recording, Unsubscribing unsubscribing,
			JdbcClient jdbc, Clock clock) {
		return new BounceWriter(mailboxReader, recording, unsubscribing, jdbc, clock);
	}

}
