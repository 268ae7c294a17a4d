package dev.herald.tracking;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param signingKeysFile where the signing keys are kept instead of the database; it is
 * part of the backup
 */
@ConfigurationProperties("herald")
record SigningKeysSetting(@Nullable Path signingKeysFile) {
}
