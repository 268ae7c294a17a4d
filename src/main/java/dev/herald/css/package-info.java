/**
 * Style sheets as values: what a CSS parser reads, and how it is written again.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.herald.css;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
