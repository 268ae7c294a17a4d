/**
 * The benchmark that docs/performance.md describes. Not a module of Herald.
 */
@NullMarked
package dev.herald.bench;

import org.jspecify.annotations.NullMarked;
