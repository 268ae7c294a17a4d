package dev.herald.settings;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import dev.herald.problem.KeptSentence;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
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
 * batch/NAME.yaml of one job, as it was when it was opened, with the packaged one below.
 * Immutable.
 */
public final class BatchFile {

	private final String name;

	private final List<ConfigurationPropertySource> sources = new ArrayList<>();

	private final Validator validator;

	/**
	 * @throws Problem naming the file that can't be read
	 */
	BatchFile(String job, OperatorFiles files, Validator validator) {
		this.name = "batch/" + job + ".yaml";
		this.validator = validator;
		List<PropertySource<?>> loaded = new ArrayList<>(load(this.name, files.find(this.name)));
		Resource packaged = new ClassPathResource(this.name);
		if (packaged.exists()) {
			loaded.addAll(load(this.name, packaged));
		}
		ConfigurationPropertySources.from(loaded).forEach(this.sources::add);
	}

	/**
	 * As the file would be read if it had these values too: by the same rules.
	 * @param changes by key; a key that is empty stands in no file
	 * @throws Problem naming the file, or the change, and the key
	 */
	public <T> T read(Class<T> type, Map<String, String> changes) {
		List<ConfigurationPropertySource> sources = new ArrayList<>();
		Map<String, Object> given = new LinkedHashMap<>(changes);
		given.values().removeIf(""::equals);
		if (!given.isEmpty()) {
			ConfigurationPropertySources.from(new MapPropertySource("changes", given)).forEach(sources::add);
		}
		List<ConfigurationPropertyName> changed = changes.keySet().stream().map(BatchFile::whole).toList();
		this.sources.forEach((source) -> sources.add(source
			.filter((key) -> changed.stream().noneMatch((each) -> each.equals(key) || each.isAncestorOf(key)))));
		T values = bind(this.name, sources, type, changes.isEmpty());
		for (ConstraintViolation<T> violation : this.validator.validate(values)) {
			Sentence wrong = Sentence.of("settings.wrong", kebab(violation.getPropertyPath().toString()),
					violation.getMessage(), String.valueOf(violation.getInvalidValue()));
			throw Problem.usage(toMend(this.name, wrong, changes.isEmpty()));
		}
		return values;
	}

	/** Where the file's value of a key is from. */
	public Origin origin(String key) {
		ConfigurationPropertyName wanted = ConfigurationPropertyName.of(key);
		for (ConfigurationPropertySource source : this.sources) {
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

	/** A change of one value is on the screen; a file has to be named. */
	private static Sentence toMend(String name, Sentence wrong, boolean file) {
		return file ? Sentence.of("settings.to-mend", name, wrong) : wrong;
	}

	private static Sentence of(String name, Sentence wrong, boolean file) {
		return file ? Sentence.of("settings.of-file", name, wrong) : wrong;
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
			throw new Problem(Problem.Kind.USAGE, reason(name, ex, file), ex);
		}
	}

	private static Sentence reason(String name, BindException ex, boolean file) {
		if (ex.getCause() instanceof UnboundConfigurationPropertiesException unbound) {
			return of(name,
					Sentence.of("settings.unknown",
							unbound.getUnboundProperties()
								.stream()
								.map((property) -> property.getName().toString())
								.collect(Collectors.joining(", "))),
					file);
		}
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause instanceof Problem problem) {
				return of(name, Sentence.of("settings.key", ex.getName().toString(), KeptSentence.of(problem)), file);
			}
		}
		Object value = (ex.getProperty() != null) ? ex.getProperty().getValue() : "what it is";
		return toMend(name, Sentence.of("settings.no-such-value", ex.getName().toString(), String.valueOf(value)),
				file);
	}

	private static String kebab(String property) {
		return property.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
	}

}
