/**
 * Newsletters and their settings.
 */
@ApplicationModule(allowedDependencies = { "problem", "address" })
@NullMarked
package dev.herald.newsletter;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
