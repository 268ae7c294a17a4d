/**
 * The built-in mailbox that rehearsals are delivered to, over GreenMail.
 */
@ApplicationModule(allowedDependencies = { "problem", "settings", "address" })
@NullMarked
package dev.herald.mailbox;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
