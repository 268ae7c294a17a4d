package dev.herald.cli;

import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The parts of Herald that a command works with. Spring starts when the first is asked
 * for; a command that asks for none does without. For one command, in one thread.
 */
final class Beans implements AutoCloseable {

	private final String[] properties;

	private boolean batch;

	private @Nullable ConfigurableApplicationContext context;

	/**
	 * @param properties of Spring, as {@code --name=value}
	 */
	Beans(String... properties) {
		this.properties = properties.clone();
	}

	/**
	 * A setting, as Spring would find it first, for what does without Spring; blank where
	 * there is none.
	 */
	String setting(String name) {
		String option = "--" + name + "=";
		for (String property : this.properties) {
			if (property.startsWith(option)) {
				return property.substring(option.length());
			}
		}
		String variable = name.replace('.', '_').replace("-", "").toUpperCase(Locale.ROOT);
		return System.getProperty(name, System.getenv().getOrDefault(variable, ""));
	}

	/**
	 * Before the first part is asked for: this command runs or reads jobs of Spring
	 * Batch.
	 */
	void withBatch() {
		this.batch = true;
	}

	<T> T get(Class<T> type) {
		return context().getBean(type);
	}

	/**
	 * For work that must end in order when the process is told to stop: from now on it is
	 * waited for.
	 */
	void startLifecycles() {
		context().start();
	}

	ConfigurableApplicationContext context() {
		if (this.context == null) {
			this.context = new SpringApplicationBuilder(CommandContext.class).web(WebApplicationType.NONE)
				.lazyInitialization(true)
				.logStartupInfo(false)
				.properties(Map.of("logging.level.root", "warn", "herald.batch", this.batch))
				.run(this.properties);
		}
		return this.context;
	}

	boolean started() {
		return this.context != null;
	}

	@Override
	public void close() {
		if (this.context != null) {
			this.context.close();
		}
	}

}
