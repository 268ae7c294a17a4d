/**
 * Read-only figures of what was sent and what came back.
 */
@ApplicationModule(allowedDependencies = { "schema", "problem", "address", "newsletter", "issue", "subscriber",
		"delivery", "bounce", "tracking", "returns" })
@NullMarked
package dev.herald.report;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
