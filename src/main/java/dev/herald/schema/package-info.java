/**
 * The tables: made and upgraded when a database is first touched.
 */
@ApplicationModule(allowedDependencies = { "problem" })
@NullMarked
package dev.herald.schema;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
