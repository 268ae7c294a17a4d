/**
 * What is wrong with an issue before it is sent: a compiled issue in, findings out. No
 * database, no network, no rendering of its own.
 */
@ApplicationModule(allowedDependencies = { "issue", "newsletter", "render" })
@NullMarked
package dev.herald.check;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
