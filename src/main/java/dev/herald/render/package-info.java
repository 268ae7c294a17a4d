/**
 * Issue and recipient in, MIME message out.
 */
@ApplicationModule(allowedDependencies = { "digest", "problem", "settings", "address", "issue", "newsletter",
		"subscriber", "tracking", "dkim", "picture", "css" })
@NullMarked
package dev.herald.render;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
