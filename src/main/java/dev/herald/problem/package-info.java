/**
 * What a person did wrong, said so that the person can mend it, and what else modules say
 * to people, in the reader's language.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.herald.problem;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
