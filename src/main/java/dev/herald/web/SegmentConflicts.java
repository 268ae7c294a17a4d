package dev.herald.web;

import java.time.Instant;
import java.util.Optional;

import dev.herald.audit.Action;
import dev.herald.audit.AuditTrail;
import dev.herald.newsletter.Newsletter;
import dev.herald.segment.Segment;
import org.springframework.stereotype.Component;

/**
 * What whoever saves a segment second is told of who saved or deleted it first, as the
 * audit log knows it. Thread-safe.
 */
@Component
class SegmentConflicts {

	private final AuditTrail trail;

	private final SegmentWords said;

	private final Words words;

	SegmentConflicts(AuditTrail trail, SegmentWords said, Words words) {
		this.trail = trail;
		this.said = said;
		this.words = words;
	}

	String saved(Newsletter newsletter, Segment newest) {
		String who = last(newsletter, newest.key(), Action.SEGMENT_CHANGED, newest.changedAt()).map(this::who)
			.orElseGet(() -> this.words.say("segments.conflict.nobody"));
		return this.words.say("segments.conflict", newest.name(), this.said.of(newest.tree()), who,
				at(newest.changedAt()));
	}

	String deleted(Newsletter newsletter, String key) {
		return last(newsletter, key, Action.SEGMENT_DELETED, Instant.EPOCH)
			.map((entry) -> this.words.say("segments.conflict.deleted", who(entry), at(entry.at())))
			.orElseGet(() -> this.words.say("segments.conflict.gone"));
	}

	private Optional<AuditTrail.Entry> last(Newsletter newsletter, String key, Action action, Instant since) {
		return this.trail.last(action, newsletter.key() + "/" + key, since);
	}

	private String who(AuditTrail.Entry entry) {
		return this.words.say("audit.by." + entry.actor().kind(), entry.actor().name());
	}

	private String at(Instant instant) {
		return this.words.at(instant, Zones.ofReader());
	}

}
