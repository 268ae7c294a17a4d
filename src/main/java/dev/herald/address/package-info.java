/**
 * Parses and normalises mail addresses; refuses CR, LF and controls.
 */
@ApplicationModule(allowedDependencies = { "problem" })
@NullMarked
package dev.herald.address;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
