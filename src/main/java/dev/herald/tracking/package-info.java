/**
 * Signs and resolves the tokens in links and envelope senders; records what readers do.
 */
@ApplicationModule(allowedDependencies = { "digest", "schema", "problem", "settings", "issue", "subscriber", "address",
		"newsletter" })
@NullMarked
package dev.herald.tracking;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
