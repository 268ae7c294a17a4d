package dev.herald.smtp;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code herald.relays}, as it was written.
 *
 * @param relays empty unless set
 */
@ConfigurationProperties("herald")
record RelayList(@DefaultValue List<Relay> relays) {
}
