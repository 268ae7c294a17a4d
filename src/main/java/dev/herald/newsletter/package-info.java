/**
 * Newsletters and their settings.
 */
@ApplicationModule(allowedDependencies = { "schema", "problem", "address", "audit" })
@NullMarked
package dev.herald.newsletter;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
