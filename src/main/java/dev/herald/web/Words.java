package dev.herald.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.stereotype.Component;

/**
 * The words on pages, from words/web.properties, and those of other modules: sentences,
 * times and spans of time in the language of the request. Thread-safe.
 */
@Component
class Words {

	private final MessageSource source;

	private final Clock clock;

	Words(Clock clock) {
		ResourceBundleMessageSource bundle = new ResourceBundleMessageSource();
		bundle.setBasename("words/web");
		bundle.setDefaultEncoding("UTF-8");
		bundle.setFallbackToSystemLocale(false);
		this.source = bundle;
		this.clock = clock;
	}

	/**
	 * @throws org.springframework.context.NoSuchMessageException for a key that is not
	 * there
	 */
	String say(String key, Object... values) {
		return this.source.getMessage(key, values, locale());
	}

	String say(Sentence sentence) {
		return sentence.in(locale());
	}

	String say(Problem problem) {
		return problem.in(locale());
	}

	/** With its zone: {@code Tue 24 Nov 2026, 08:00 Asia/Shanghai}. */
	String at(Instant instant, ZoneId zone) {
		return format("time.minute", instant.atZone(zone)) + " " + zoneName(zone);
	}

	/** With its zone, to the second, for what happened. */
	String exactlyAt(Instant instant, ZoneId zone) {
		return format("time.second", instant.atZone(zone)) + " " + zoneName(zone);
	}

	String day(LocalDate date) {
		return format("time.day", date);
	}

	String month(YearMonth month) {
		return format("time.month", month.atDay(1));
	}

	/** Shortened: {@code Tue}. */
	String weekday(LocalDate date) {
		return format("time.weekday", date);
	}

	/** The time of day alone: {@code 08:00}. */
	String clock(Instant instant, ZoneId zone) {
		return format("time.hour", instant.atZone(zone));
	}

	/** How far off it is: {@code in 3 h 12 min}, {@code 5 min ago}, {@code now}. */
	String fromNow(Instant instant) {
		Duration distance = Duration.between(this.clock.instant(), instant);
		if (distance.abs().compareTo(Duration.ofSeconds(1)) < 0) {
			return say("time.now");
		}
		// The next started second, so that a minute to go is not 59 s.
		return distance.isNegative() ? say("time.ago", span(distance.negated()))
				: say("time.in", span(distance.plusMillis(999)));
	}

	/** The two largest units, shortened: {@code 3 h 12 min}. */
	String span(Duration duration) {
		if (duration.toDays() > 0) {
			return say("span.days", duration.toDays(), duration.toHoursPart());
		}
		if (duration.toHours() > 0) {
			return say("span.hours", duration.toHours(), duration.toMinutesPart());
		}
		if (duration.toMinutes() > 0) {
			return say("span.minutes", duration.toMinutes(), duration.toSecondsPart());
		}
		return say("span.seconds", duration.toSeconds());
	}

	/** When a pause ends: {@code 14:05:30 (in 12 min 3 s)}. */
	String until(Duration pause) {
		Instant end = this.clock.instant().plus(pause);
		return say("time.until", format("time.clock", end.atZone(LocaleContextHolder.getTimeZone().toZoneId())),
				fromNow(end));
	}

	private String format(String pattern, TemporalAccessor time) {
		return DateTimeFormatter.ofPattern(say(pattern), locale()).format(time);
	}

	/** {@code UTC} whichever way it is written. */
	static String zoneName(ZoneId zone) {
		return zone.normalized().equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
	}

	private static Locale locale() {
		return LocaleContextHolder.getLocale();
	}

}
