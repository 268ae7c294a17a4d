/**
 * Envelope and bytes in, outcome out. No database, no domain.
 */
@ApplicationModule(allowedDependencies = { "problem", "address", "returns" })
@NullMarked
package dev.herald.smtp;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
