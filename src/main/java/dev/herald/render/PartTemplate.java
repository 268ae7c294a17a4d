package dev.herald.render;

import java.io.Writer;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

import dev.herald.css.CssException;
import dev.herald.render.RecipientValues.Formula;
import org.jspecify.annotations.Nullable;

/**
 * The template of one part together with its issue. Renders the part whole, or with
 * placeholders, and proves that the second filled in is the first. Thread-safe.
 *
 * @param body the issue's text, as the part has it
 * @param nonce unguessable, letters and digits: no issue can contain it
 */
record PartTemplate(MailTemplates templates, PartFormat format, IssueModel model, String body, String nonce) {

	/**
	 * Escape as a slot's format has it and not as a string's, tell the one from the
	 * other, or make templates at run time. In a comment too: to tell what is one takes a
	 * parser.
	 */
	private static final Pattern SEES_SLOTS = Pattern.compile(
			"\\?\\s*(?:no_?esc|esc|is_?markup_?output|markup_?string|interpret|eval|eval_?json)\\b|auto_?esc",
			Pattern.CASE_INSENSITIVE);

	/** Values that no escaping, folding or trimming leaves alone by chance. */
	private static final String NASTY = "A & <b> \"c\" 'd'\u00a0é;";

	private static final List<String> PADDED = List.of("", " ", " x ");

	/** The same around another text. */
	PartTemplate with(String text) {
		return new PartTemplate(this.templates, this.format, this.model, text, this.nonce);
	}

	/** The part for a recipient as the plain pipeline makes it. */
	String whole(RecipientValues values) {
		return finish(withUnsubscribe(plain(values), values));
	}

	private String finish(String output) {
		try {
			return this.format.finish(output);
		}
		catch (CssException ex) {
			throw this.templates.unreadable(this.format.template(), ex);
		}
	}

	private String plain(RecipientValues values) {
		String mark = trackingMark(this.nonce);
		String text = this.body.contains(mark) ? this.body.replace(mark, values.tracking()) : this.body;
		return this.templates.render(this.format.template(), this.model.with(text, values));
	}

	/** Whether the template itself shows the recipient how to unsubscribe. */
	boolean showsUnsubscribe(RecipientValues values) {
		return shows(plain(values), values);
	}

	private boolean shows(String output, RecipientValues values) {
		return output.contains(values.unsubscribe())
				|| output.contains(this.format.templateEscape().apply(values.unsubscribe()));
	}

	/**
	 * The samples showed the link. If a template hides it from this recipient alone, the
	 * mail says it all the same: a send can't stop here any more.
	 */
	private String withUnsubscribe(String output, RecipientValues values) {
		return shows(output, values) ? output : output + this.format
			.unsubscribeLine(this.format.templateEscape().apply(values.unsubscribe()), this.model.word("unsubscribe"));
	}

	boolean seesSlots() {
		return this.templates.sources().values().stream().anyMatch((text) -> SEES_SLOTS.matcher(text).find());
	}

	/** What stands in the text of a tracked mail for the token that names it. */
	static String trackingMark(String nonce) {
		return "mark" + new StringBuilder(nonce).reverse();
	}

	/** With placeholders, and the body itself. */
	Output output(RecipientValues values) {
		return output(slottedBody(), values);
	}

	private String slottedBody() {
		return this.body.replace(trackingMark(this.nonce),
				Placeholder.bare(this.nonce, TemplateRun.TRACKING) + this.format.printedSign());
	}

	/** With placeholders, and one for the body: all that can differ, and short. */
	Output skim(RecipientValues values) {
		return output(this.body.isBlank() ? this.body : bodyToken(), values);
	}

	private String bodyToken() {
		return "body" + new StringBuilder(this.nonce).reverse();
	}

	private Output output(String shownBody, RecipientValues values) {
		Writer out = MailTemplates.output();
		TemplateRun run = new TemplateRun(this.nonce, values, out);
		this.templates.renderWithCalls(this.format.template(), this.model.with(shownBody, run), out);
		return new Output(out.toString(), run.formulas(), run.hasLooked());
	}

	/**
	 * Compiles what a run printed.
	 * @param values the recipient of that run
	 * @return null where filling it in would not give what {@link #whole} gives
	 */
	@Nullable PartVariant variant(Output output, RecipientValues values, TransferEncoding encoding) {
		String signed = Placeholder.signed(output.text().replace(bodyToken(), slottedBody()), this.nonce,
				this.format.printedSign(), this.format.templateEscape());
		SlottedText printed = SlottedText.of(signed, this.nonce);
		if (printed == null || !shown(printed, output)
				|| !printed.fill((slot) -> output.formulas().get(slot).of(values)).equals(plain(values))) {
			return null;
		}
		SlottedText finished = finishSigned(signed);
		if (finished == null || !isSame(printed, finished, (slot) -> NASTY)
				|| signed.contains("\r" + Placeholder.start(this.nonce)) || isReference(printed)) {
			return null;
		}
		return new PartVariant(finished, new EncodedText(finished, encoding),
				new AskedOnce<>(() -> PADDED.stream().allMatch((value) -> isSame(printed, finished, (slot) -> value))));
	}

	private @Nullable SlottedText finishSigned(String signed) {
		try {
			return this.format.finish(signed, this.nonce);
		}
		catch (CssException ex) {
			throw this.templates.unreadable(this.format.template(), ex);
		}
	}

	/** Without logic all have the link that the samples had. */
	private static boolean shown(SlottedText printed, Output output) {
		return !output.looked()
				|| printed.slots().stream().anyMatch((slot) -> slot.number() == TemplateRun.UNSUBSCRIBE);
	}

	private boolean isSame(SlottedText printed, SlottedText finished, IntFunction<String> values) {
		return finish(printed.fill(values)).equals(finished.fill(values));
	}

	/** In HTML the value behind {@code &} or {@code &#} would complete a character. */
	private boolean isReference(SlottedText printed) {
		return this.format.templateEscape() == Escape.TEMPLATE && printed.parts()
			.subList(0, printed.slots().size())
			.stream()
			.anyMatch((part) -> part.matches("(?s).*&[#\\w]*+"));
	}

	/**
	 * What a run printed.
	 *
	 * @param text with placeholders as printed
	 * @param formulas by the number of their slot
	 * @param looked whether the template looked at a value, so that another recipient's
	 * run may print another text
	 */
	record Output(String text, List<Formula> formulas, boolean looked) {
	}

}
