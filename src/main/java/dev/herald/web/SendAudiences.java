package dev.herald.web;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

import dev.herald.newsletter.Newsletter;
import dev.herald.problem.Problem;
import dev.herald.segment.Segment;
import dev.herald.segment.Segments;
import dev.herald.segment.Tree;

/** The segments that forms about a send name. Thread-safe. */
@Component
class SendAudiences {

	private final Segments segments;

	private final Words words;

	SendAudiences(Segments segments, Words words) {
		this.segments = segments;
		this.words = words;
	}

	/**
	 * @return null: all
	 * @throws Problem when there is none of that key
	 */
	@Nullable Segment chosen(Newsletter newsletter, Map<String, String> fields) {
		String key = fields.getOrDefault("segment", "");
		return key.isEmpty() ? null : this.segments.require(newsletter, key);
	}

	/**
	 * The same, as it was shown before somebody confirmed.
	 * @throws Problem also when its conditions are others by now
	 */
	@Nullable Segment seen(Newsletter newsletter, Map<String, String> fields) {
		Segment segment = chosen(newsletter, fields);
		if (segment != null && !segment.digest().equals(fields.getOrDefault("tree", ""))) {
			throw Problem.work(this.words.say("confirm.segment.changed", segment.name()));
		}
		return segment;
	}

	/**
	 * For what follows a form while it is filled in: null also where there is none of
	 * that key.
	 */
	@Nullable Tree tree(Newsletter newsletter, Map<String, String> fields) {
		return this.segments.find(newsletter, fields.getOrDefault("segment", "")).map(Segment::tree).orElse(null);
	}

}
