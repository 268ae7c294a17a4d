/**
 * The public pages of issues that have gone out; before they have, for editors alone.
 */
@ApplicationModule(allowedDependencies = { "problem", "address", "schema", "settings", "account", "newsletter", "issue",
		"render", "delivery" })
@NullMarked
package dev.herald.archive;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
