/**
 * Issues: Markdown source, front matter, versions.
 */
@ApplicationModule(allowedDependencies = { "problem", "newsletter" })
@NullMarked
package dev.herald.issue;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
