/**
 * Pictures as octets: what their headers say.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.herald.picture;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
