package dev.herald.subscriber;

import dev.herald.settings.BatchFiles;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The values of the import's job. */
@Configuration(proxyBeanMethods = false)
class ImportConfiguration {

	@Bean
	ImportSettings importSettings(BatchFiles files) {
		return files.read(ImportJob.NAME, ImportSettings.class);
	}

}
