package dev.herald.bounce;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import dev.herald.problem.Problem;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.env.Environment;

/**
 * The mailboxes of this installation, from {@code herald.bounce.mailboxes.NAME.*}.
 *
 * @param all by name; empty means that none is read
 */
record Mailboxes(List<MailboxSettings> all) {

	static final String PREFIX = "herald.bounce.mailboxes";

	/** What it was called while there could be only one. */
	private static final ConfigurationPropertyName FORMER = ConfigurationPropertyName.of("herald.bounce.mailbox");

	/**
	 * @throws Problem where two are the same mailbox: each mail would be in both
	 */
	Mailboxes {
		all = List.copyOf(all);
		Set<String> keys = new HashSet<>();
		for (MailboxSettings mailbox : all) {
			if (!keys.add(mailbox.key())) {
				throw Problem.usage("%s.%s is a mailbox that another entry names already. Drop one of them."
					.formatted(PREFIX, mailbox.name()));
			}
		}
	}

	/**
	 * @throws Problem naming the key that is wrong, unknown or has another name now
	 */
	static Mailboxes of(Environment environment) {
		refuseFormerKeys(environment);
		return new Mailboxes(bind(environment).entrySet()
			.stream()
			.sorted(Map.Entry.comparingByKey())
			.map((entry) -> entry.getValue().named(entry.getKey()))
			.toList());
	}

	private static void refuseFormerKeys(Environment environment) {
		StreamSupport.stream(ConfigurationPropertySources.get(environment).spliterator(), false)
			.filter(IterableConfigurationPropertySource.class::isInstance)
			.flatMap((source) -> ((IterableConfigurationPropertySource) source).stream())
			.filter(FORMER::isAncestorOf)
			.findFirst()
			.ifPresent((key) -> {
				throw Problem.usage("%s has another name, since there may be several mailboxes: %s.main%s"
					.formatted(key, PREFIX, key.toString().substring(FORMER.toString().length())));
			});
	}

	private static Map<String, MailboxEntry> bind(Environment environment) {
		try {
			return Binder.get(environment)
				.bind(PREFIX, Bindable.mapOf(String.class, MailboxEntry.class),
						new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter()))
				.orElseGet(Map::of);
		}
		catch (BindException ex) {
			if (ex.getCause() instanceof UnboundConfigurationPropertiesException unbound) {
				throw new Problem(Problem.Kind.USAGE,
						"Herald does not know " + unbound.getUnboundProperties()
							.stream()
							.map((property) -> property.getName().toString())
							.collect(Collectors.joining(", ")) + ". Is it a typo? README.md lists every key.",
						ex);
			}
			throw ex;
		}
	}

	boolean present() {
		return !this.all.isEmpty();
	}

	MailboxSettings named(String name) {
		return this.all.stream().filter((mailbox) -> mailbox.name().equals(name)).findFirst().orElseThrow();
	}

}
