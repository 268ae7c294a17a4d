/**
 * Issues: Markdown source, front matter, versions.
 */
@ApplicationModule(allowedDependencies = { "digest", "schema", "problem", "newsletter", "audit" })
@NullMarked
package dev.herald.issue;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
