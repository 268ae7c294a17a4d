/**
 * Mails to one person that belong to no send: they wait in the database, and leave by the
 * relay in the background.
 */
@ApplicationModule(allowedDependencies = { "schema", "problem", "settings", "address", "render", "smtp", "mailbox" })
@NullMarked
package dev.herald.notice;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
