/**
 * Report bytes to fact, fact to ledger and suppression.
 */
@ApplicationModule(allowedDependencies = { "schema", "problem", "settings", "address", "issue", "delivery",
		"subscriber", "smtp", "tracking" })
@NullMarked
package dev.herald.bounce;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
