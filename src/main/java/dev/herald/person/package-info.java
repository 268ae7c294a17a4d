/**
 * What a reader may do about himself: choose, take a copy of what is kept, be erased.
 */
@ApplicationModule(allowedDependencies = { "schema", "problem", "settings", "address", "audit", "newsletter", "issue",
		"subscriber", "tracking", "render", "notice", "mailbox" })
@NullMarked
package dev.herald.person;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
