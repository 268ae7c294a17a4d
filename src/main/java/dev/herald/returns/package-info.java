/**
 * What comes back by mail: bytes in, facts out. No database, no clock, no network.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.herald.returns;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
