package dev.herald.probe;

import java.net.URI;

/**
 * An address to ask.
 *
 * @param address http or https, with a host
 * @param picture whether it is to be shown: then what comes is looked at
 */
public record Question(URI address, boolean picture) {
}
