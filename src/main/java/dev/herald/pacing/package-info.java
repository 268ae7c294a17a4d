/**
 * How fast, and to whom: rate limits, mailbox providers, and when to slow down or stop.
 * Pure logic: no database, no SMTP, no scheduling.
 */
@ApplicationModule(allowedDependencies = { "problem", "address" })
@NullMarked
package dev.herald.pacing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
