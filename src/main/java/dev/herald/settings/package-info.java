/**
 * Where operators' files are found, and how the values in batch/ are bound.
 */
@ApplicationModule(allowedDependencies = { "problem", "address" })
@NullMarked
package dev.herald.settings;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
