package dev.herald.pacing;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The part pacing of batch/send-issue.yaml.
 *
 * @param dns whether domains that no provider lists are looked up by their MX
 * @param slowDown when and how far a provider that defers is slowed down
 * @param brake when a send is paused because of rejections
 * @param warmUp daily ceilings of new relays and sender domains
 * @param providers by name; the packaged file has Herald's own
 */
public record PacingSettings(@DefaultValue("false") boolean dns, @DefaultValue @Valid SlowDown slowDown,
		@DefaultValue @Valid BrakeSettings brake, @DefaultValue List<@Valid WarmUp> warmUp,
		@DefaultValue Map<String, @Valid ProviderSettings> providers) {

	/**
	 * @throws Problem naming the provider or plan that contradicts another
	 */
	public PacingSettings {
		warmUp = List.copyOf(warmUp);
		providers = Collections.unmodifiableMap(new LinkedHashMap<>(providers));
		ProviderList.check(providers);
		checkNames(warmUp);
	}

	/** The plan of a relay or sender domain by its name, if it has one. */
	public Optional<WarmUp> warmUpOf(String name) {
		return this.warmUp.stream().filter((plan) -> plan.name().equalsIgnoreCase(name)).findFirst();
	}

	private static void checkNames(List<WarmUp> plans) {
		long different = plans.stream().map((plan) -> plan.name().toLowerCase(Locale.ROOT)).distinct().count();
		if (different < plans.size()) {
			throw Problem.usage(Sentence.of("pacing.warm-up.names"));
		}
	}

	/**
	 * Of a provider that defers.
	 *
	 * @param deferrals with the same text in a row that make a run
	 * @param floor under which no rate is cut
	 * @param quiet time without a run after which the rate rises by a step; a domain
	 * without a provider is put off for as long
	 * @param step of the full rate
	 */
	public record SlowDown(@DefaultValue("10") @Min(2) @Max(1000) int deferrals, @DefaultValue("10/m") Rate floor,
			@DefaultValue("5m") @DurationMin(seconds = 10) @DurationMax(hours = 24) Duration quiet,
			@DefaultValue("10%") Percent step) {
	}

	/**
	 * When a send pauses by itself.
	 *
	 * @param rejectedShare of the last answers, above which it does
	 * @param lastAnswers how many are looked at
	 * @param sameRejections in a row, after DATA, at which it does
	 */
	public record BrakeSettings(@DefaultValue("20%") Percent rejectedShare,
			@DefaultValue("200") @Min(10) @Max(100_000) int lastAnswers,
			@DefaultValue("5") @Min(2) @Max(1000) int sameRejections) {
	}

}
