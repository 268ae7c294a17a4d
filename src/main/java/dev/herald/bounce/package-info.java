/**
 * Mailboxes to reports, reports to ledger and suppression.
 */
@ApplicationModule(allowedDependencies = { "digest", "schema", "problem", "settings", "address", "audit", "issue",
		"delivery", "subscriber", "smtp", "tracking", "returns" })
@NullMarked
package dev.herald.bounce;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
