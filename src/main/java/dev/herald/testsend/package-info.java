/**
 * An issue mailed to a few addresses, to be looked at before it is sent.
 */
@ApplicationModule(allowedDependencies = { "schema", "problem", "address", "audit", "newsletter", "issue", "subscriber",
		"render", "check", "smtp", "pacing" })
@NullMarked
package dev.herald.testsend;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
