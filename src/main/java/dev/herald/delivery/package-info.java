/**
 * Audience freeze, ledger, pacing and the send-issue job.
 */
@ApplicationModule(allowedDependencies = { "digest", "schema", "problem", "settings", "address", "audit", "newsletter",
		"issue", "subscriber", "segment", "render", "check", "smtp", "mailbox", "tracking", "pacing" })
@NullMarked
package dev.herald.delivery;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
