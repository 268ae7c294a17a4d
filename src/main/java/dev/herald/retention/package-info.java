/**
 * What is kept no longer than it is needed: the job {@code purge}.
 */
@ApplicationModule(allowedDependencies = { "schema", "problem", "settings", "person" })
@NullMarked
package dev.herald.retention;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
