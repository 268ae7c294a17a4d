package dev.herald.web;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.herald.delivery.Send;
import dev.herald.issue.Draft;
import dev.herald.issue.Issue;

/**
 * An issue in the list of its newsletter. Public for the view.
 *
 * @param send its last one; null where it has none
 * @param drafts of everybody
 */
public record IssueLine(Issue issue, @Nullable Send send, List<Draft> drafts) {
}
