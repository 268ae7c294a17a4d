/**
 * People who sign in, and their roles.
 */
@ApplicationModule(allowedDependencies = { "digest", "schema", "problem", "address", "audit" })
@NullMarked
package dev.herald.account;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
