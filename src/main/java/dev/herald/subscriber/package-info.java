/**
 * Who may be mailed: subscriptions, consent records, suppressions, import and export.
 */
@ApplicationModule(allowedDependencies = { "digest", "schema", "problem", "settings", "address", "newsletter",
		"segment", "audit" })
@NullMarked
package dev.herald.subscriber;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
