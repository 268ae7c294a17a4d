package dev.herald.tracking;

/**
 * Published when the mail that answered a sign-up came back for good: its reader called
 * it spam, or there is no such mailbox. A valid token named the sign-up.
 *
 * @param signUp its number
 * @param complaint false for a hard bounce
 * @param evidence the line that says so, for people
 */
public record SignUpMailReturned(long signUp, boolean complaint, String evidence) {
}
