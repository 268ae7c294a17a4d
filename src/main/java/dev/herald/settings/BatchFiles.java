package dev.herald.settings;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import dev.herald.problem.Problem;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;

/**
 * Reads the values of one job from batch/NAME.yaml into its record. Every key must be
 * known and every value in its limits: a typo fails at start, naming file and key. What
 * an operator's file leaves out is as in the packaged one.
 */
public final class BatchFiles {

	private final OperatorFiles files;

	private final Validator validator;

	public BatchFiles(OperatorFiles files, Validator validator) {
		this.files = files;
		this.validator = validator;
	}

	/**
	 * @throws Problem naming the file and the key
	 */
	public <T> T read(String job, Class<T> type) {
		String name = "batch/" + job + ".yaml";
		List<PropertySource<?>> sources = new ArrayList<>(load(name, this.files.find(name)));
		Resource packaged = new ClassPathResource(name);
		if (packaged.exists()) {
			sources.addAll(load(name, packaged));
		}
		T values = bind(name, sources, type);
		for (ConstraintViolation<T> violation : this.validator.validate(values)) {
			throw Problem.usage("%s: %s %s, but is %s. Mend that line and start again.".formatted(name,
					kebab(violation.getPropertyPath().toString()), violation.getMessage(),
					violation.getInvalidValue()));
		}
		return values;
	}

	private static List<PropertySource<?>> load(String name, Resource resource) {
		try {
			return new YamlPropertySourceLoader().load(name, resource);
		}
		catch (IOException | RuntimeException ex) {
			throw new Problem(Problem.Kind.USAGE, "%s can't be read as YAML: %s".formatted(name, ex.getMessage()), ex);
		}
	}

	private static <T> T bind(String name, List<PropertySource<?>> sources, Class<T> type) {
		Binder binder = new Binder(ConfigurationPropertySources.from(sources));
		try {
			return binder.bindOrCreate("", Bindable.of(type), new NoUnboundElementsBindHandler(BindHandler.DEFAULT));
		}
		catch (BindException ex) {
			throw new Problem(Problem.Kind.USAGE, "%s: %s".formatted(name, reason(ex)), ex);
		}
	}

	private static String reason(BindException ex) {
		if (ex.getCause() instanceof UnboundConfigurationPropertiesException unbound) {
			return "Herald does not know " + unbound.getUnboundProperties()
				.stream()
				.map((property) -> property.getName().toString())
				.collect(Collectors.joining(", ")) + ". Is it a typo? The packaged file lists every key.";
		}
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause instanceof Problem problem) {
				return "%s: %s".formatted(ex.getName(), problem.getMessage());
			}
		}
		Object value = (ex.getProperty() != null) ? ex.getProperty().getValue() : "what it is";
		return "%s can't be %s. Mend that line and start again.".formatted(ex.getName(), value);
	}

	private static String kebab(String property) {
		return property.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
	}

}
