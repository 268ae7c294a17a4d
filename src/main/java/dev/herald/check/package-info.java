/**
 * What is wrong with an issue before it is sent: a compiled issue in, findings out. No
 * database, no rendering of its own, and no network but through a probe that a caller
 * hands in.
 */
@ApplicationModule(allowedDependencies = { "problem", "issue", "newsletter", "render", "probe", "picture", "css" })
@NullMarked
package dev.herald.check;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
