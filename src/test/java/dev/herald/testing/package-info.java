/**
 * Real parts for tests: databases, SMTP servers, data. Not a module of Herald.
 */
@NullMarked
package dev.herald.testing;

import org.jspecify.annotations.NullMarked;
