package dev.herald.web;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

import dev.herald.delivery.Sends;
import dev.herald.problem.Problem;

/** The times that forms about a send ask for. Thread-safe. */
@Component
class SendTimes {

	private final Sends sends;

	private final Words words;

	private final Clock clock;

	SendTimes(Sends sends, Words words, Clock clock) {
		this.sends = sends;
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
	void fill(Model model, Map<String, String> fields) {
		model.addAttribute("undoWindow", this.sends.undoWindow());
		model.addAttribute("utc", ZoneOffset.UTC);
		try {
			model.addAttribute("asked", parse(fields));
		}
		catch (Problem ex) {
			model.addAttribute("timeProblem", ex.getMessage());
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
