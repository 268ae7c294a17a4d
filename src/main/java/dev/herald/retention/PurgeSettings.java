package dev.herald.retention;

import dev.herald.settings.BatchFiles;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The values as they were when Herald started. */
@Configuration(proxyBeanMethods = false)
class PurgeSettings {

	@Bean
	PurgeValues purgeValues(BatchFiles files) {
		return files.read(PurgeJob.NAME, PurgeValues.class);
	}

}
