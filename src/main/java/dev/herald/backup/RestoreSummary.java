package dev.herald.backup;

/**
 * What a restore did.
 *
 * @param held sends that are unfinished in the backup
 * @param notices mails to one person that waited in it, and may have gone out since
 */
public record RestoreSummary(BackupSummary backup, int held, int notices) {
}
