/**
 * DKIM (RFC 6376, RFC 8463): message bytes in, signature fields out. No database, no
 * newsletter, no DNS.
 */
@ApplicationModule(allowedDependencies = { "digest", "problem", "address" })
@NullMarked
package dev.herald.dkim;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
