package dev.herald.web;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Map;

import dev.herald.problem.Sentence;
import freemarker.template.TemplateMethodModelEx;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import freemarker.template.utility.DeepUnwrap;
import org.springframework.boot.freemarker.autoconfigure.FreeMarkerVariablesCustomizer;
import org.springframework.stereotype.Component;

/**
 * The functions that views use: msg, num, percent, at, exactly, day, month, weekday,
 * clock, fromNow and span, and the addresses of stylesheets and scripts.
 */
@Component
class ViewWords implements FreeMarkerVariablesCustomizer {

	private final Words words;

	ViewWords(Words words) {
		this.words = words;
	}

	@Override
	public void customizeFreeMarkerVariables(Map<String, Object> variables) {
		variables.put("msg", function(this::message));
		variables.put("num", function((values) -> this.words.say("number", values[0])));
		variables.put("percent", function((values) -> this.words.say("percent", values[0])));
		variables.put("at", function((values) -> this.words.at((Instant) values[0], zone(values))));
		variables.put("exactly", function((values) -> this.words.exactlyAt((Instant) values[0], zone(values))));
		variables.put("day", function((values) -> this.words.day((LocalDate) values[0])));
		variables.put("month", function((values) -> this.words.month((YearMonth) values[0])));
		variables.put("weekday", function((values) -> this.words.weekday((LocalDate) values[0])));
		variables.put("clock", function((values) -> this.words.clock((Instant) values[0], zone(values))));
		variables.put("fromNow", function((values) -> this.words.fromNow((Instant) values[0])));
		variables.put("zoneName", function((values) -> Words.zoneName((ZoneId) values[0])));
		variables.put("span", function((values) -> this.words.span((Duration) values[0])));
		variables.put("stylesheet", StaticFiles.stylesheet());
		variables.put("htmx", StaticFiles.htmx());
		variables.put("charts", StaticFiles.charts());
		variables.put("uPlot", StaticFiles.uPlot());
		variables.put("uPlotStyle", StaticFiles.uPlotStyle());
		variables.put("editorScript", StaticFiles.editor());
	}

	/** Of a key and its values, or of a sentence that has its values in it. */
	private String message(Object[] values) {
		return (values[0] instanceof Sentence sentence) ? this.words.say(sentence)
				: this.words.say((String) values[0], rest(values));
	}

	private static ZoneId zone(Object[] values) {
		return (values.length > 1) ? (ZoneId) values[1] : Zones.ofReader();
	}

	private static Object[] rest(Object[] values) {
		return Arrays.copyOfRange(values, 1, values.length);
	}

	private static TemplateMethodModelEx function(Function function) {
		return (arguments) -> {
			Object[] values = new Object[arguments.size()];
			for (int i = 0; i < values.length; i++) {
				values[i] = unwrap(arguments.get(i), i);
			}
			return function.apply(values);
		};
	}

	private static Object unwrap(Object argument, int position) throws TemplateModelException {
		Object value = DeepUnwrap.unwrap((TemplateModel) argument);
		if (value == null) {
			throw new TemplateModelException("Argument " + (position + 1) + " is missing");
		}
		return value;
	}

	@FunctionalInterface
	private interface Function {

		String apply(Object[] values);

	}

}
