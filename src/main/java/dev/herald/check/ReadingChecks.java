package dev.herald.check;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.herald.check.Finding.Check;
import dev.herald.issue.SourceWarning;
import dev.herald.problem.Sentence;

/**
 * What the mail can't carry of the file, as reading it found. Comes behind the checks of
 * links and pictures, which know more of an address that works in no mail.
 */
final class ReadingChecks implements Checks {

	private static final Set<Check> OF_ADDRESSES = EnumSet.of(Check.EMPTY_LINK, Check.LOST_LINK, Check.LOST_PICTURE,
			Check.LAZY_PICTURE);

	@Override
	public void check(CheckedIssue issue, Findings findings) {
		Map<Sentence, List<SourceWarning>> alike = issue.compiled()
			.warnings()
			.stream()
			.filter((warning) -> warning.kind() != SourceWarning.Kind.ADDRESS
					|| !findings.hasAt(warning.line(), OF_ADDRESSES))
			.collect(Collectors.groupingBy(SourceWarning::what, LinkedHashMap::new, Collectors.toList()));
		alike.values().forEach((warnings) -> {
			SourceWarning first = warnings.get(0);
			List<Integer> lines = warnings.stream().map(SourceWarning::line).toList();
			findings.warn(check(first.kind()), first.line(),
					Sentence.of("check.reading", first.what(), Lines.others(lines)), first.became(), first.mend());
		});
	}

	private static Check check(SourceWarning.Kind kind) {
		return switch (kind) {
			case LIQUID -> Check.LIQUID_TAG;
			case REFERENCE -> Check.UNDEFINED_REFERENCE;
			case HTML -> Check.DROPPED_HTML;
			case ADDRESS -> Check.LOST_LINK;
		};
	}

}
