/**
 * Executions of the batch jobs, and what is on the schedule.
 */
@ApplicationModule(allowedDependencies = { "schema", "problem", "settings", "audit", "delivery", "bounce" })
@NullMarked
package dev.herald.jobs;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
