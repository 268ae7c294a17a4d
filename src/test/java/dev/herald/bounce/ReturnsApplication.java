package dev.herald.bounce;

import java.time.Clock;
import java.util.stream.Stream;

import dev.herald.testing.TestDatabase;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/**
 * The modules that bring mails home, wired as in the server. No {@code @Configuration}:
 * scans of other tests pass it over.
 */
@EnableAutoConfiguration
@ConfigurationPropertiesScan({ "dev.herald.bounce", "dev.herald.tracking", "dev.herald.settings" })
@ComponentScan({ "dev.herald.bounce", "dev.herald.tracking", "dev.herald.settings", "dev.herald.subscriber",
		"dev.herald.issue", "dev.herald.newsletter" })
public class ReturnsApplication {

	public static ConfigurableApplicationContext start(TestDatabase.Opened database, String... properties) {
		// Arguments, since application.yaml outranks a builder's properties.
		String[] arguments = Stream.concat(Stream.of("herald.bounce-address=bounce@example.org"), Stream.of(properties))
			.map((property) -> "--" + property)
			.toArray(String[]::new);
		return new SpringApplicationBuilder(ReturnsApplication.class).web(WebApplicationType.NONE)
			.initializers((context) -> context.getBeanFactory().registerSingleton("dataSource", database.dataSource()))
			.run(arguments);
	}

	@Bean
	static Clock clock() {
		return Clock.systemUTC();
	}

}
