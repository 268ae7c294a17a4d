/**
 * What stands for a text or a file by its octets.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.herald.digest;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
