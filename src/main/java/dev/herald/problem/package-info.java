/**
 * What a person did wrong, said so that the person can mend it.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.herald.problem;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
