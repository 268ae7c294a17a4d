package dev.herald.render;

import java.util.function.UnaryOperator;

import dev.herald.render.RecipientValues.Formula;
import freemarker.core.TemplateMarkupOutputModel;
import freemarker.template.TemplateScalarModel;
import org.jspecify.annotations.Nullable;

/**
 * A text that differs from recipient to recipient, as a template sees it. FreeMarker asks
 * for the string wherever it compares, measures or changes it (EvalUtil and
 * Expression.isEmpty look for a scalar first): that gives the real value, and the run
 * notes it. It asks for the markup where it prints or joins it (DollarVariable and
 * AddConcatExpression look for markup first): that gives placeholders.
 */
final class SlotText implements TemplateScalarModel, TemplateMarkupOutputModel<SlotText> {

	private final @Nullable TemplateRun run;

	private final String shown;

	private final Formula formula;

	/**
	 * @param run null for a text that is the same for all
	 * @param shown with placeholders
	 */
	SlotText(@Nullable TemplateRun run, String shown, Formula formula) {
		this.run = run;
		this.shown = shown;
		this.formula = formula;
	}

	static SlotText same(String text) {
		return new SlotText(null, text, (any) -> text);
	}

	@Override
	public String getAsString() {
		return (this.run != null) ? this.run.read(this.formula) : this.shown;
	}

	@Override
	public SlotFormat getOutputFormat() {
		return SlotFormat.INSTANCE;
	}

	/**
	 * What is printed. A block that is captured ({@code <#assign x>…</#assign>},
	 * compress, attempt) becomes a string that can be measured later: it gets the value.
	 */
	String printed() {
		return (this.run != null && this.run.isCaptured()) ? getAsString() : this.shown;
	}

	/** With placeholders, wherever it goes. */
	String shown() {
		return this.shown;
	}

	/** A slot of its own for what a function makes of this text. */
	SlotText map(UnaryOperator<String> function) {
		return (this.run != null) ? this.run.slot((values) -> function.apply(this.formula.of(values)))
				: same(function.apply(this.shown));
	}

	SlotText concat(SlotText other) {
		Formula left = this.formula;
		Formula right = other.formula;
		return new SlotText((this.run != null) ? this.run : other.run, this.shown + other.shown,
				(values) -> left.of(values) + right.of(values));
	}

}
