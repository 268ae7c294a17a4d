/**
 * Segments of a newsletter's subscriptions: trees of conditions, read, kept, put into
 * SQL, counted.
 */
@ApplicationModule(allowedDependencies = { "digest", "schema", "problem", "newsletter", "audit" })
@NullMarked
package dev.herald.segment;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
