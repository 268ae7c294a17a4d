/**
 * What providers of relays tell of our mails by HTTP: a request to facts. The facts go
 * the same way as those of a report that comes by mail.
 */
@ApplicationModule(allowedDependencies = { "problem", "returns", "bounce" })
@NullMarked
package dev.herald.webhook;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
