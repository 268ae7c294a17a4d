package dev.herald.pacing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import dev.herald.problem.Problem;
import dev.herald.settings.BatchFiles;
import dev.herald.settings.OperatorFiles;
import jakarta.validation.Valid;
import jakarta.validation.Validation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.DefaultValue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PacingSettingsTests {

	@TempDir
	private Path home;

	@Test
	void defaults() throws IOException {
		assertThat(read("")).isEqualTo(new PacingSettings(false,
				new PacingSettings.SlowDown(10, Rate.of("10/m"), Duration.ofMinutes(5), new Percent(10)),
				new PacingSettings.BrakeSettings(new Percent(20), 200, 5), List.of(), Map.of()));
	}

	@Test
	void thePackagedFileHoldsTheDefaultsAndTheProviders() throws IOException {
		PacingSettings packaged = PackagedPacing.settings();
		PacingSettings defaults = read("");
		assertThat(packaged).isEqualTo(new PacingSettings(defaults.dns(), defaults.slowDown(), defaults.brake(),
				defaults.warmUp(), packaged.providers()));
		assertThat(packaged.providers()).hasSize(29)
			.containsEntry("icloud",
					new ProviderSettings(null, List.of("icloud.com", "me.com", "mac.com"), List.of("icloud.com"), 10,
							null, 5))
			.containsEntry("yahoo-japan", new ProviderSettings(null, List.of("yahoo.co.jp", "ymail.ne.jp"),
					List.of("yahoo.co.jp"), 2, Rate.of("10/s"), 20));
	}

	@Test
	void everyKeyIsMapped() throws IOException {
		assertThat(read("""
				dns: true
				slow-down:
				  deferrals: 7
				  floor: 1/h
				  quiet: 90s
				  step: 25%
				brake:
				  rejected-share: 5 %
				  last-answers: 1000
				  same-rejections: 3
				warm-up:
				  - name: news.example.org
				    start: 2026-03-01
				    daily: 50, 100, 500
				  - name: relay.example.net
				    start: 2026-12-31
				    daily: [10]
				providers:
				  gmail:
				    domains: gmail.com
				    mx: [google.com, googlemail.com]
				    connections: 3
				    rate: 600/m
				    messages-per-connection: 40
				  acme-mail:
				    code: 64
				""")).isEqualTo(new PacingSettings(true,
				new PacingSettings.SlowDown(7, Rate.of("1/h"), Duration.ofSeconds(90), new Percent(25)),
				new PacingSettings.BrakeSettings(new Percent(5), 1000, 3),
				List.of(new WarmUp("news.example.org", LocalDate.of(2026, 3, 1), List.of(50, 100, 500)),
						new WarmUp("relay.example.net", LocalDate.of(2026, 12, 31), List.of(10))),
				Map.of("gmail",
						new ProviderSettings(null, List.of("gmail.com"), List.of("google.com", "googlemail.com"), 3,
								Rate.of("600/m"), 40),
						"acme-mail", new ProviderSettings(64, List.of(), List.of(), null, null, null))));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "dsn: true|pacing.dsn", "dns: perhaps|pacing.dns can't be perhaps",
			"slow-down: {deferrals: 1}|pacing.slow-down.deferrals",
			"slow-down: {deferrals: 1001}|pacing.slow-down.deferrals",
			"slow-down: {floor: slow}|pacing.slow-down.floor: 'slow' is no rate. Write a whole number",
			"slow-down: {floor: 0/s}|pacing.slow-down.floor: A rate is from 1 to 1000000 messages, not 0.",
			"slow-down: {floor: 50}|pacing.slow-down.floor: '50' is no rate.",
			"slow-down: {floor: 0.5}|pacing.slow-down.floor can't be what it is",
			"slow-down: {quiet: 9s}|pacing.slow-down.quiet", "slow-down: {quiet: 25h}|pacing.slow-down.quiet",
			"slow-down: {step: 0%}|pacing.slow-down.step: A share is from 1% to 100%, not 0%.",
			"slow-down: {pause: 1m}|Herald does not know pacing.slow-down.pause",
			"brake: {rejected-share: 20}|pacing.brake.rejected-share: '20' is no share.",
			"brake: {rejected-share: 101%}|pacing.brake.rejected-share: A share is from 1% to 100%",
			"brake: {last-answers: 9}|pacing.brake.last-answers",
			"brake: {last-answers: 100001}|pacing.brake.last-answers",
			"brake: {same-rejections: 1}|pacing.brake.same-rejections",
			"brake: {same-rejections: 1001}|pacing.brake.same-rejections",
			"warm-up: [{name: a, start: soon, daily: 1}]|pacing.warm-up[0].start can't be soon",
			"warm-up: [{name: a, daily: 1}]|A warm-up plan needs the lines name, start (such as 2026-03-01) and daily",
			"warm-up: [{name: ' ', start: 2026-03-01, daily: 1}]|pacing.warm-up[0].name",
			"warm-up: [{name: a, start: 2026-03-01, daily: '1,0'}]|pacing.warm-up[0].daily[1]",
			"warm-up: [{name: a, start: 2026-03-01, daily: 10000001}]|pacing.warm-up[0].daily[0]",
			"warm-up: [{name: a, start: 2026-03-01, daily: 1}, {name: A, start: 2026-03-01, daily: 1}]|pacing: Two warm-up plans have the same name.",
			"providers: {gmail: {connections: 0}}|pacing.providers[gmail].connections",
			"providers: {gmail: {connections: 1001}}|pacing.providers[gmail].connections",
			"providers: {gmail: {messages-per-connection: 0}}|pacing.providers[gmail].messages-per-connection",
			"providers: {gmail: {messages-per-connection: 1000001}}|pacing.providers[gmail].messages-per-connection",
			"providers: {gmail: {rate: 5/x}}|pacing.providers.gmail.rate: '5/x' is no rate.",
			"providers: {gmail: {domain: a.com}}|Herald does not know pacing.providers.gmail.domain",
			"providers: {gmail: {code: 64}}|pacing: The provider gmail has a code of Herald's own.",
			"providers: {acme: {connections: 1}}|pacing: The provider acme is none of Herald's own and needs a line code, from 64 to 127",
			"providers: {acme: {code: 63}}|pacing.providers[acme].code",
			"providers: {acme: {code: 128}}|pacing.providers[acme].code",
			"providers: {acme: {code: 70}, apex: {code: 70}}|pacing: The providers acme and apex have the same code 70.",
			"providers: {other: {code: 70}}|pacing: The provider name 'other' is not allowed.",
			"providers: {acme: {code: 70, domains: 'a b.com'}}|pacing: 'a b.com' of the provider acme is no domain name.",
			"providers: {acme: {code: 70, mx: com..}}|pacing: 'com..' of the provider acme is no domain name.",
			"providers: {acme: {code: 70, domains: a.com}, gmail: {domains: A.com}}|is listed with two providers" })
	void aTypoOrAValueOutOfItsLimitsNamesFileAndKey(String line, String message) {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> read(line))
			.withMessageStartingWith("batch/paced.yaml: ")
			.withMessageContaining(message);
	}

	@Test
	void aPlanIsFoundByItsName() throws IOException {
		PacingSettings settings = read("warm-up: [{name: News.Example.org, start: 2026-03-01, daily: 1}]");
		assertThat(settings.warmUpOf("news.example.org")).isPresent();
		assertThat(settings.warmUpOf("example.org")).isEmpty();
	}

	private PacingSettings read(String yaml) throws IOException {
		Files.createDirectories(this.home.resolve("batch"));
		Files.writeString(this.home.resolve("batch/paced.yaml"), yaml.isEmpty() ? "" : "pacing:\n" + yaml.indent(2));
		return new BatchFiles(new OperatorFiles(this.home), Validation.buildDefaultValidatorFactory().getValidator())
			.read("paced", Paced.class)
			.pacing();
	}

	record Paced(@DefaultValue @Valid PacingSettings pacing) {
	}

}
