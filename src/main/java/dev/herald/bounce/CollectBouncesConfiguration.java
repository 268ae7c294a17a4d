package dev.herald.bounce;

import java.time.Clock;

import dev.herald.bounce.MailboxReader.FetchedMail;
import dev.herald.problem.KeptFailure;
import dev.herald.settings.NeedsBatch;

import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The job: one chunk step over one mailbox. */
@NeedsBatch
@Configuration(proxyBeanMethods = false)
class CollectBouncesConfiguration {

	static final String NAME = "collect-bounces";

	@Bean
	Job collectBouncesJob(JobRepository jobRepository, Step collectBouncesStep) {
		return new JobBuilder(NAME, jobRepository).listener(new KeptFailure(jobRepository))
			.start(collectBouncesStep)
			.build();
	}

	/**
	 * Without a transaction of the step's: the writer has its own, so that mails move
	 * after the commit.
	 */
	@Bean
	Step collectBouncesStep(JobRepository jobRepository, CollectBouncesValues values, MailboxReader mailboxReader,
			BounceWriter bounceWriter, Intake intake) {
		return new StepBuilder("read-mailbox", jobRepository).<FetchedMail, CollectedMail>chunk(values.chunkSize())
			.reader(mailboxReader)
			.processor((mail) -> understand(mailboxReader.settings().label(), mail, intake))
			.writer(bounceWriter)
			.build();
	}

	/**
	 * Whoever can write to a mailbox must not be able to stop it: not with a mail that
	 * breaks the parser either.
	 */
	private static CollectedMail understand(String source, FetchedMail fetched, Intake intake) {
		if (!fetched.fault().isEmpty()) {
			return new CollectedMail.Unreadable(fetched.mail(), fetched.fault());
		}
		try {
			return new CollectedMail.Read(fetched.mail(), intake.readMail(source, fetched.bytes()));
		}
		catch (RuntimeException | StackOverflowError ex) {
			if (!MailFault.isOfMail(ex)) {
				throw ex;
			}
			return new CollectedMail.Unreadable(fetched.mail(), MailFault.describe(ex));
		}
	}

	@Bean
	@StepScope
	MailboxReader mailboxReader(@Value("#{jobParameters['" + CollectBounces.MAILBOX + "']}") String mailbox,
			Mailboxes mailboxes, CollectBouncesValues values, JdbcClient jdbc) {
		return new MailboxReader(mailboxes.named(mailbox), values, jdbc);
	}

	@Bean
	@StepScope
	BounceWriter bounceWriter(MailboxReader mailboxReader, Intake intake, JdbcClient jdbc,
			TransactionTemplate transactions, Clock clock) {
		return new BounceWriter(mailboxReader, intake, jdbc, transactions, clock);
	}

}
