/**
 * Whether addresses on the web answer: addresses in, answers out. It knows nothing of
 * issues, and asks no host of a private network.
 */
@ApplicationModule(allowedDependencies = { "problem", "picture" })
@NullMarked
package dev.herald.probe;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
