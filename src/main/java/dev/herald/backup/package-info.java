/**
 * The whole installation as one file, and back: every table but those of processes, and
 * the signing keys, in a form of its own that any of the databases takes.
 */
@ApplicationModule(allowedDependencies = { "digest", "schema", "problem", "audit", "tracking", "notice", "delivery" })
@NullMarked
package dev.herald.backup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
