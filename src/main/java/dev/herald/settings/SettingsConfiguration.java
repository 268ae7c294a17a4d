package dev.herald.settings;

import java.nio.file.Path;

import jakarta.validation.Validator;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SettingsConfiguration {

	/** Beside the jar, unless herald.home names another folder. */
	@Bean
	OperatorFiles operatorFiles(@Value("${herald.home:}") String home) {
		return home.isBlank() ? OperatorFiles.besideTheJar() : new OperatorFiles(Path.of(home));
	}

	@Bean
	BatchFiles batchFiles(OperatorFiles operatorFiles, Validator validator) {
		return new BatchFiles(operatorFiles, validator);
	}

}
