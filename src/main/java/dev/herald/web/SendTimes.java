package dev.herald.web;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

import dev.herald.delivery.LocalTimes;
import dev.herald.delivery.Sends;
import dev.herald.issue.Issue;
import dev.herald.problem.Problem;
import dev.herald.segment.Tree;

/** The times that forms about a send ask for. Thread-safe. */
@Component
class SendTimes {

	private final Sends sends;

	private final LocalTimes localTimes;

	private final Words words;

	private final Clock clock;

	SendTimes(Sends sends, LocalTimes localTimes, Words words, Clock clock) {
		this.sends = sends;
		this.localTimes = localTimes;
		this.words = words;
		this.clock = clock;
	}

	/**
	 * @throws Problem saying which of the fields is wrong and why
	 */
	SendRequest parse(Map<String, String> fields) {
		return SendRequest.parse(fields, this.clock.instant(), this.words);
	}

	/** For the part of a form that says what is in its fields. */
	void fill(Model model, Issue issue, Map<String, String> fields, @Nullable Tree tree) {
		model.addAttribute("undoWindow", this.sends.undoWindow());
		model.addAttribute("utc", ZoneOffset.UTC);
		try {
			SendRequest asked = parse(fields);
			model.addAttribute("asked", asked);
			model.addAttribute("waves", waves(issue, asked, tree));
		}
		catch (Problem ex) {
			model.addAttribute("timeProblem", this.words.say(ex));
		}
	}

	/**
	 * Where readers get it at different times: how many when.
	 * @param tree of the segment that it goes to; null: to all
	 */
	List<LocalTimes.Wave> waves(Issue issue, SendRequest asked, @Nullable Tree tree) {
		return (asked.localAt() != null) ? this.localTimes.waves(issue.id(), asked.localAt(), asked.zone(), tree)
				: List.of();
	}

	/**
	 * The time of each reader's own clock, as a form names it; null where it names none.
	 */
	@Nullable LocalDateTime local(String text) {
		try {
			return text.isEmpty() ? null : LocalDateTime.parse(text);
		}
		catch (DateTimeException ex) {
			throw new Problem(Problem.Kind.USAGE, this.words.say("send.date"), ex);
		}
	}

	/** One of the choices, as a button names it; empty is now. */
	Instant instant(String due) {
		try {
			return due.isEmpty() ? this.clock.instant() : Instant.parse(due);
		}
		catch (DateTimeException ex) {
			throw new Problem(Problem.Kind.USAGE, this.words.say("send.date"), ex);
		}
	}

}
