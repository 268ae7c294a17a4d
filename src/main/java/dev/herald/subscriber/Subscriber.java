package dev.herald.subscriber;

import dev.herald.address.EmailAddress;

/** A person with one address. The name may be empty. */
public record Subscriber(int id, EmailAddress address, String name) {
}
