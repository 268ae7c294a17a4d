package dev.herald;

import java.time.Clock;
import java.util.Locale;

import dev.herald.cli.Arguments;
import dev.herald.cli.Cli;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** The server: web pages, scheduler and workers; and the way in for commands. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class HeraldApplication {

	public static void main(String[] args) {
		// Before H2 is loaded: AUTO_SERVER, which lets commands work beside a server,
		// listens on loopback only.
		System.setProperty("h2.bindAddress", "127.0.0.1");
		// What Herald says is English, so its figures are too; readers' languages are the
		// newsletters'.
		Locale.setDefault(Locale.ENGLISH);
		Arguments arguments = Arguments.of(args);
		if (!arguments.serve()) {
			System.exit(Cli.run(arguments));
		}
		SpringApplication.run(HeraldApplication.class, arguments.propertyArray());
	}

	@Bean
	static Clock clock() {
		return Clock.systemUTC();
	}

}
