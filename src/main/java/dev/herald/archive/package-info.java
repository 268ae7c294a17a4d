/**
 * The public pages of issues that have gone out.
 */
@ApplicationModule(allowedDependencies = { "problem", "newsletter", "issue", "render", "delivery" })
@NullMarked
package dev.herald.archive;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
