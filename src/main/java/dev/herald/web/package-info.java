/**
 * Pages and endpoints. Nothing depends on them.
 */
@ApplicationModule
@NullMarked
package dev.herald.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
