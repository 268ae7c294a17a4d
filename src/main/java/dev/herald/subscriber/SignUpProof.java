package dev.herald.subscriber;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What is kept beside the consent of somebody who signed up.
 *
 * @param askedAt when the form was sent; the consent itself has when that was confirmed
 * @param form by the name that its page gave it
 * @param agreementSha256 of the text that was agreed to, in hex
 * @param clientAddress of who confirmed; null where it is not kept
 */
public record SignUpProof(Instant askedAt, String form, String agreementSha256, @Nullable String clientAddress) {
}
