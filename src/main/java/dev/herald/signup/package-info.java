/**
 * Readers subscribe by themselves: the form, its limits, the confirmation, the welcome.
 */
@ApplicationModule(allowedDependencies = { "digest", "schema", "problem", "settings", "address", "audit", "newsletter",
		"issue", "subscriber", "tracking", "render", "notice", "pacing" })
@NullMarked
package dev.herald.signup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
