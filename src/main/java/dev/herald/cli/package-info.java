/**
 * The command line. Nothing depends on it.
 */
@ApplicationModule
@NullMarked
package dev.herald.cli;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
