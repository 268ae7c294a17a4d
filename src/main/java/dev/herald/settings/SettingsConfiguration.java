package dev.herald.settings;

import jakarta.validation.Validator;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SettingsConfiguration {

	@Bean
	OperatorFiles operatorFiles() {
		return OperatorFiles.besideTheJar();
	}

	@Bean
	BatchFiles batchFiles(OperatorFiles operatorFiles, Validator validator) {
		return new BatchFiles(operatorFiles, validator);
	}

}
