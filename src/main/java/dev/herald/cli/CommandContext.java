package dev.herald.cli;

import java.time.Clock;

import dev.herald.audit.Actor;
import dev.herald.audit.CurrentActor;
import dev.herald.settings.NeedsBatch;
import jakarta.validation.Validator;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.batch.jdbc.autoconfigure.BatchJdbcAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.context.LifecycleProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;

/**
 * What a command may need of Spring; all of it is lazy, so that nothing is made that the
 * command does not ask for. Not annotated as a configuration: the server's scan must not
 * find it.
 */
@ComponentScan({ "dev.herald.audit", "dev.herald.account", "dev.herald.settings", "dev.herald.schema",
		"dev.herald.newsletter", "dev.herald.subscriber", "dev.herald.segment", "dev.herald.issue",
		"dev.herald.tracking", "dev.herald.render", "dev.herald.smtp", "dev.herald.mailbox", "dev.herald.delivery",
		"dev.herald.bounce", "dev.herald.report", "dev.herald.dkim", "dev.herald.testsend", "dev.herald.jobs",
		"dev.herald.health", "dev.herald.notice", "dev.herald.signup", "dev.herald.person", "dev.herald.backup" })
@ConfigurationPropertiesScan({ "dev.herald.settings", "dev.herald.tracking", "dev.herald.render", "dev.herald.smtp",
		"dev.herald.mailbox", "dev.herald.delivery", "dev.herald.bounce", "dev.herald.dkim", "dev.herald.testsend",
		"dev.herald.notice", "dev.herald.signup" })
@ImportAutoConfiguration({ ConfigurationPropertiesAutoConfiguration.class, DataSourceAutoConfiguration.class,
		DataSourceTransactionManagerAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
		JdbcClientAutoConfiguration.class })
@Import(CommandContext.Batch.class)
class CommandContext {

	@Bean
	static Clock clock() {
		return Clock.systemUTC();
	}

	/** For the audit log: the user of the operating system. */
	@Bean
	static CurrentActor currentActor() {
		Actor user = new Actor(Actor.Kind.COMMAND_LINE, System.getProperty("user.name", ""));
		return () -> user;
	}

	/**
	 * Not Boot's auto-configuration, which brings proxies for annotations nobody uses.
	 */
	@Bean
	static TransactionTemplate transactionTemplate(PlatformTransactionManager transactionManager) {
		return new TransactionTemplate(transactionManager);
	}

	/** Not Boot's auto-configuration, which makes one at every start: 0.3 s. */
	@Bean
	static Validator validator() {
		return new LocalValidatorFactoryBean();
	}

	@Bean
	static LifecycleProcessor lifecycleProcessor() {
		return new StartedOnDemand();
	}

	/** Spring Batch's job repository and operator. */
	@NeedsBatch
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(BatchJdbcAutoConfiguration.class)
	static class Batch {

	}

}
