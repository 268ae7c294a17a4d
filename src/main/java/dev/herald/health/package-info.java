/**
 * Whether everything that Herald needs is well, and what to do where it is not.
 */
@ApplicationModule(allowedDependencies = { "problem", "settings", "smtp", "delivery", "bounce", "jobs" })
@NullMarked
package dev.herald.health;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
