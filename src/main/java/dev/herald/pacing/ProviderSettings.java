package dev.herald.pacing;

import java.util.List;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One provider in batch/send-issue.yaml.
 *
 * @param code of a provider that Herald does not have; null for Herald's own
 * @param domains of recipients
 * @param mx ends of the names of its mail servers
 */
public record ProviderSettings(
		@Nullable @Min(ProviderCodes.FIRST_OF_OPERATORS) @Max(ProviderCodes.LAST_OF_OPERATORS) Integer code,
		@DefaultValue List<String> domains, @DefaultValue List<String> mx,
		@Nullable @Min(1) @Max(1000) Integer connections, @Nullable Rate rate,
		@Nullable @Min(1) @Max(1_000_000) Integer messagesPerConnection) {

	public ProviderSettings {
		domains = List.copyOf(domains);
		mx = List.copyOf(mx);
	}

	Provider named(String name) {
		int own = ProviderCodes.ofOwn(name);
		return new Provider((this.code != null) ? this.code : own, name, this.connections, this.rate,
				this.messagesPerConnection);
	}

}
