package dev.herald.cli;

import java.time.Clock;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.batch.jdbc.autoconfigure.BatchJdbcAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.LifecycleProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;

/**
 * What a command may need of Spring; all of it is lazy, so that nothing is made that the
 * command does not ask for. Not annotated as a configuration: the server's scan must not
 * find it.
 */
@ComponentScan(basePackages = "dev.herald",
		excludeFilters = @ComponentScan.Filter(type = FilterType.REGEX,
				pattern = "dev\\.herald\\.(HeraldApplication|Scheduling|(web|account|demo)\\..*)"))
@ConfigurationPropertiesScan("dev.herald")
@ImportAutoConfiguration({ ConfigurationPropertiesAutoConfiguration.class, DataSourceAutoConfiguration.class,
		DataSourceTransactionManagerAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
		JdbcClientAutoConfiguration.class, TransactionAutoConfiguration.class, ValidationAutoConfiguration.class,
		BatchJdbcAutoConfiguration.class })
class CommandContext {

	@Bean
	static Clock clock() {
		return Clock.systemUTC();
	}

	@Bean
	static LifecycleProcessor lifecycleProcessor() {
		return new StartedOnDemand();
	}

}
