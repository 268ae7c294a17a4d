package dev.herald.backup;

import java.time.Instant;

/**
 * What a backup is.
 *
 * @param madeAt of which moment it is
 * @param herald the version that wrote it
 * @param tables how many it has
 * @param sealed a passphrase is needed to read it
 */
public record BackupSummary(Instant madeAt, String herald, int tables, long rows, boolean sealed) {
}
