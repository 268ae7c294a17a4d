package dev.herald.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

import dev.herald.newsletter.Newsletter;
import dev.herald.probe.HttpProbe;
import dev.herald.probe.Probe;
import dev.herald.probe.PublicAddresses;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

import org.springframework.boot.convert.DurationStyle;

/** Whether and how long the web is asked. */
final class Online {

	private static final Duration LONGEST = Duration.ofHours(1);

	@Option(names = "--online", description = "Ask also whether links, pictures and the logo answer.")
	private boolean asked;

	@Option(names = "--online-timeout", paramLabel = "TIME", defaultValue = "2m", converter = Time.class,
			description = "The longest that --online may take, such as 90s or 5m; default: ${DEFAULT-VALUE}.")
	private Duration timeout = Duration.ofMinutes(2);

	boolean asked() {
		return this.asked;
	}

	/** The newsletter's own site may be on a private network: its operator set it. */
	Probe probe(Newsletter newsletter) {
		if (!this.asked) {
			return (questions) -> Map.of();
		}
		URI base = newsletter.baseUrl();
		Set<String> trusted = (base == null || base.getHost() == null) ? Set.of()
				: Set.of(base.getHost().toLowerCase(Locale.ROOT));
		return new HttpProbe(new PublicAddresses(trusted), "Herald" + version() + " (looks whether links answer)",
				HttpProbe.Limits.within(this.timeout));
	}

	/** As the build wrote it; empty where classes run that no build made a jar of. */
	private static String version() {
		try (InputStream in = Online.class.getResourceAsStream("/META-INF/build-info.properties")) {
			Properties build = new Properties();
			if (in != null) {
				build.load(in);
			}
			String version = build.getProperty("build.version", "");
			return version.isEmpty() ? "" : "/" + version;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Spring's notation, as in the settings. */
	static final class Time implements ITypeConverter<Duration> {

		@Override
		public Duration convert(String value) {
			try {
				Duration time = DurationStyle.detectAndParse(value);
				if (time.compareTo(Duration.ofSeconds(1)) >= 0 && time.compareTo(LONGEST) <= 0) {
					return time;
				}
			}
			catch (IllegalArgumentException ex) {
				// Said below.
			}
			throw new TypeConversionException(
					"'%s' is no time from 1 s to 1 h. Write it as 90s or 5m.".formatted(value));
		}

	}

}
