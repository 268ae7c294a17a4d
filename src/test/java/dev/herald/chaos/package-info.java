/**
 * Kills, faults and outages while a send runs, and the relay's own record against the
 * ledger. docs/performance.md says how to run it for long. Not a module of Herald.
 */
@NullMarked
package dev.herald.chaos;

import org.jspecify.annotations.NullMarked;
