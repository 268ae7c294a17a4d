/**
 * What comes back, handed over by a mail server directly: SMTP or LMTP to the intake.
 */
@ApplicationModule(allowedDependencies = { "problem", "settings", "address", "tracking", "bounce" })
@NullMarked
package dev.herald.listener;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
