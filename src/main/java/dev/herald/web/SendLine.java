package dev.herald.web;

import org.jspecify.annotations.Nullable;

import dev.herald.delivery.Send;
import dev.herald.issue.Issue;
import dev.herald.newsletter.Newsletter;

/**
 * An issue with one of its sends, as lists show it. Public for the views.
 *
 * @param send null where the issue has none
 */
public record SendLine(Newsletter newsletter, Issue issue, @Nullable Send send) {
}
