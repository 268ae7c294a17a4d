package dev.herald.bounce;

import dev.herald.settings.BatchFiles;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Read where no job runs too: a relay's rejection follows the same policy. */
@Configuration(proxyBeanMethods = false)
class BounceSettings {

	@Bean
	CollectBouncesValues collectBouncesValues(BatchFiles batchFiles) {
		return batchFiles.read(CollectBouncesConfiguration.NAME, CollectBouncesValues.class);
	}

	@Bean
	BouncePolicy bouncePolicy(CollectBouncesValues values) {
		return values.policy();
	}

	/** Here too, since a wrong setting must stop the start and not the first run. */
	@Bean
	Mailboxes mailboxes(Environment environment) {
		return Mailboxes.of(environment);
	}

}
