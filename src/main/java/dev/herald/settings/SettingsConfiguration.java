package dev.herald.settings;

import jakarta.validation.Validator;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SettingsConfiguration {

	/** Beside the jar, unless herald.home names another folder. */
	@Bean
	OperatorFiles operatorFiles(@Value("${herald.home:}") String home) {
		return OperatorFiles.in(home);
	}

	@Bean
	BatchFiles batchFiles(OperatorFiles operatorFiles, Validator validator) {
		return new BatchFiles(operatorFiles, validator);
	}

}
