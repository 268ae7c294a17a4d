package dev.herald.settings;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
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
		return read(job, type, Map.of());
	}

	/**
	 * As the file would be read if it had these values too: by the same rules.
	 * @param changes by key; a key that is empty stands in no file
	 * @throws Problem naming the file, or the change, and the key
	 */
	public <T> T read(String job, Class<T> type, Map<String, String> changes) {
		String name = name(job);
		List<ConfigurationPropertySource> sources = new ArrayList<>();
		Map<String, Object> given = new LinkedHashMap<>(changes);
		given.values().removeIf("" ::equals);
		if (!given.isEmpty()) {
			ConfigurationPropertySources.from(new MapPropertySource("changes", given)).forEach(sources::add);
		}
		List<ConfigurationPropertyName> changed = changes.keySet().stream().map(BatchFiles::whole).toList();
		sources(job).forEach((source) -> sources.add(source.filter(
				(key) -> changed.stream().noneMatch((each) -> each.equals(key) || each.isAncestorOf(key)))));
		T values = bind(name, sources, type, changes.isEmpty());
		for (ConstraintViolation<T> violation : this.validator.validate(values)) {
			throw Problem.usage("%s%s %s, but is %s.%s".formatted(prefix(name, changes.isEmpty()),
					kebab(violation.getPropertyPath().toString()), violation.getMessage(), violation.getInvalidValue(),
					advice(changes.isEmpty())));
		}
		return values;
	}

	/** Where the file's value of a key is from. */
	public Origin origin(String job, String key) {
		ConfigurationPropertyName wanted = ConfigurationPropertyName.of(key);
		for (ConfigurationPropertySource source : sources(job)) {
			ConfigurationProperty property = source.getConfigurationProperty(wanted);
			if (property != null) {
				return Origin.of(property.getOrigin());
			}
		}
		return Origin.DEFAULT;
	}

	/** A list is changed as a whole: its name, without the index and what is behind. */
	private static ConfigurationPropertyName whole(String changed) {
		int index = changed.indexOf('[');
		return ConfigurationPropertyName.of((index < 0) ? changed : changed.substring(0, index));
	}

	private Iterable<ConfigurationPropertySource> sources(String job) {
		String name = name(job);
		List<PropertySource<?>> sources = new ArrayList<>(load(name, this.files.find(name)));
		Resource packaged = new ClassPathResource(name);
		if (packaged.exists()) {
			sources.addAll(load(name, packaged));
		}
		return ConfigurationPropertySources.from(sources);
	}

	private static String name(String job) {
		return "batch/" + job + ".yaml";
	}

	private static String prefix(String name, boolean file) {
		return file ? name + ": " : "";
	}

	private static String advice(boolean file) {
		return file ? " Mend that line and start again." : "";
	}

	private static List<PropertySource<?>> load(String name, Resource resource) {
		try {
			return new YamlPropertySourceLoader().load(name, resource);
		}
		catch (IOException | RuntimeException ex) {
			throw new Problem(Problem.Kind.USAGE, "%s can't be read as YAML: %s".formatted(name, ex.getMessage()), ex);
		}
	}

	private static <T> T bind(String name, List<ConfigurationPropertySource> sources, Class<T> type, boolean file) {
		Binder binder = new Binder(sources);
		try {
			return binder.bindOrCreate("", Bindable.of(type), new NoUnboundElementsBindHandler(BindHandler.DEFAULT));
		}
		catch (BindException ex) {
			throw new Problem(Problem.Kind.USAGE, prefix(name, file) + reason(ex, file), ex);
		}
	}

	private static String reason(BindException ex, boolean file) {
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
		return "%s can't be %s.%s".formatted(ex.getName(), value, advice(file));
	}

	private static String kebab(String property) {
		return property.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
	}

}
