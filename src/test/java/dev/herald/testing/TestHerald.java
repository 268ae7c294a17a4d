package dev.herald.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.herald.address.Mailbox;
import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.NewsletterSettings;
import dev.herald.newsletter.Newsletters;
import dev.herald.subscriber.SubscriberImport;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;

/** Herald without its pages, on a test's database: all beans real, nothing scheduled. */
public final class TestHerald implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private TestHerald(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * @param properties name=value
	 */
	public static TestHerald on(TestDatabase.Opened database, String... properties) {
		return on(database.url(), properties);
	}

	public static TestHerald on(String url, String... properties) {
		List<String> all = new ArrayList<>(List.of(properties));
		all.add("spring.datasource.url=" + url);
		if (all.stream().noneMatch((property) -> property.startsWith("herald.data-dir="))) {
			all.add("herald.data-dir=" + newFolder());
		}
		if (all.stream().noneMatch((property) -> property.startsWith("herald.home="))) {
			all.add("herald.home=" + impatientHome());
		}
		return new TestHerald(new SpringApplicationBuilder(Headless.class).web(WebApplicationType.NONE)
			.lazyInitialization(true)
			.logStartupInfo(false)
			.run(all.stream().map((property) -> "--" + property).toArray(String[]::new)));
	}

	/** Retries after a second, where an operator would wait a minute. */
	private static Path impatientHome() {
		Path home = newFolder();
		try {
			Path batch = Files.createDirectory(home.resolve("batch"));
			Files.writeString(batch.resolve("send-issue.yaml"), """
					retry:
					  first: 1s
					  longest: 1s
					relay-retry-longest: 1s
					""");
			return home;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Path newFolder() {
		try {
			return Files.createTempDirectory("herald-test-");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public <T> T get(Class<T> type) {
		return this.context.getBean(type);
	}

	public <T> T get(String name, Class<T> type) {
		return this.context.getBean(name, type);
	}

	public void publish(Object event) {
		this.context.publishEvent(event);
	}

	/**
	 * A newsletter with subscribers reader1@example.org, reader2@example.org and so on.
	 */
	public Newsletter newsletter(String key, int subscribers) {
		Newsletter newsletter = get(Newsletters.class).create(key, new NewsletterSettings("Test " + key,
				Mailbox.parse("Editors <editors@news.example>"), null, Locale.ENGLISH, null, "1 Test Street"));
		subscribe(newsletter, 1, subscribers);
		return newsletter;
	}

	public void subscribe(Newsletter newsletter, int from, int to) {
		subscribe(newsletter, "example.org", from, to);
	}

	public void subscribe(Newsletter newsletter, String domain, int from, int to) {
		StringBuilder csv = new StringBuilder("email,name\n");
		for (int i = from; i <= to; i++) {
			csv.append("reader").append(i).append('@').append(domain).append(",Reader ").append(i).append('\n');
		}
		Path folder = newFolder();
		try {
			Path file = Files.writeString(folder.resolve("subscribers.csv"), csv);
			get(SubscriberImport.class).run(file, newsletter, folder.resolve("rejects.csv"), false);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public Issue issue(Newsletter newsletter, String slug) {
		return get(Issues.class)
			.importFile(newsletter, slug + ".md",
					"# The Issue\n\nHello, [reader](https://example.org/a).\n".getBytes(StandardCharsets.UTF_8), slug)
			.issue();
	}

	@Override
	public void close() {
		this.context.close();
	}

	/** Not annotated as a configuration: the scans of other tests must not find it. */
	@EnableAutoConfiguration
	@ConfigurationPropertiesScan("dev.herald")
	@ComponentScan(basePackages = "dev.herald", excludeFilters = @ComponentScan.Filter(type = FilterType.REGEX,
			pattern = "dev\\.herald\\.((web|cli|demo|testing)\\..*|[A-Z].*|.*Tests.*|bounce\\.ReturnsApplication.*)"))
	static class Headless {

		@Bean
		Clock clock() {
			return Clock.systemUTC();
		}

	}

}
