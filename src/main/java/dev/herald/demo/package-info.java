/**
 * The demo: profile demo creates a newsletter, sends it to the built-in mailbox and shows
 * what comes back.
 */
@ApplicationModule
@NullMarked
package dev.herald.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
