/**
 * The audit log: what people change, recorded in the transaction that changes it. The
 * modules publish a {@link dev.herald.audit.Change}; nothing here knows what it means.
 */
@ApplicationModule(allowedDependencies = { "schema", "problem" })
@NullMarked
package dev.herald.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
