package dev.herald.dkim;

import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param dkim the keys that sign; none (the default) leaves signing to the relay
 */
@ConfigurationProperties("herald")
record DkimSettings(@DefaultValue List<Entry> dkim) {

	/**
	 * One key. All but the identity must be set.
	 *
	 * @param domain d=, as A-labels or in its own script
	 * @param selector s=
	 * @param privateKeyFile in PEM
	 * @param identity i=, an address in the domain or below it; null leaves it out, which
	 * means {@code @domain}
	 */
	record Entry(@Nullable String domain, @Nullable String selector, @Nullable Path privateKeyFile,
			@Nullable String identity) {
	}

}
