package dev.herald.web;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

import org.springframework.stereotype.Component;

import dev.herald.newsletter.Newsletter;
import dev.herald.problem.Problem;
import dev.herald.segment.SegmentCounts;
import dev.herald.segment.Tree;

/**
 * What pages say of segments: their conditions, and how many are in them. Thread-safe.
 */
@Component
class SegmentWords {

	private final SegmentCounts counts;

	private final Words words;

	SegmentWords(SegmentCounts counts, Words words) {
		this.counts = counts;
		this.words = words;
	}

	/**
	 * @return empty where it could not be counted in time, or a provider that the
	 * conditions name is none any more
	 */
	Optional<Integer> count(Newsletter newsletter, Tree tree) {
		try {
			return this.counts.count(newsletter, tree);
		}
		catch (Problem ex) {
			return Optional.empty();
		}
	}

	/** {@code city is “Berlin” and (language zh or language ja)}. */
	String of(Tree tree) {
		return (tree instanceof Tree.Group group) ? of(group) : of((Tree.Condition) tree);
	}

	private String of(Tree.Group group) {
		List<String> parts = group.parts().stream().map(this::inner).toList();
		return switch (group.match()) {
			case ALL -> joined("segments.says.and", parts);
			case ANY -> joined("segments.says.or", parts);
			case NONE -> this.words.say("segments.says.none", joined("segments.says.or", parts));
		};
	}

	private String inner(Tree tree) {
		boolean several = tree instanceof Tree.Group group
				&& (group.parts().size() > 1 || group.match() == Tree.Match.NONE);
		return several ? this.words.say("segments.says.inner", of(tree)) : of(tree);
	}

	private String joined(String key, List<String> parts) {
		return parts.stream().reduce((before, part) -> this.words.say(key, before, part)).orElseThrow();
	}

	private String of(Tree.Condition condition) {
		String key = "segments.says." + condition.test().name();
		Object value = switch (condition.test().value()) {
			case NOTHING -> "";
			case TEXT, NUMBER, SLUG -> condition.value();
			case DAY -> this.words.day(LocalDate.parse(condition.value()));
			case DAYS -> Integer.valueOf(condition.value());
			case NAMES -> String.join(", ", condition.values());
		};
		return condition.name().isEmpty() ? this.words.say(key, value) : this.words.say(key, condition.name(), value);
	}

}
