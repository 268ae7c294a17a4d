package dev.herald.tracking;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether mail servers hand over what comes back to the bounce address: unsubscribes by
 * mail too.
 */
@ConfigurationProperties("herald.bounce.listener")
record ReturnListener(@DefaultValue("false") boolean enabled) {
}
