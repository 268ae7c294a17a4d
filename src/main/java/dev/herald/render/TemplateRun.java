package dev.herald.render;

import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

import dev.herald.render.RecipientValues.Formula;
import freemarker.core.Environment;
import freemarker.template.TemplateMethodModelEx;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateScalarModel;

/**
 * One run of a template that prints placeholders for what differs. It numbers the slots
 * and notes whether the template looked at a value. Not thread-safe.
 */
final class TemplateRun {

	/** The first slot of every run. */
	static final int UNSUBSCRIBE = 0;

	/** Behind those of the recipient's address and name. */
	static final int TRACKING = 3;

	private final String nonce;

	private final RecipientValues values;

	private final Writer out;

	private final List<Formula> formulas = new ArrayList<>();

	private boolean looked;

	/**
	 * @param out the template's own output: what goes elsewhere is captured
	 */
	TemplateRun(String nonce, RecipientValues values, Writer out) {
		this.nonce = nonce;
		this.values = values;
		this.out = out;
	}

	SlotText slot(Formula formula) {
		if (this.formulas.size() > Placeholder.MAX_NUMBER) {
			return SlotText.same(read(formula));
		}
		this.formulas.add(formula);
		return new SlotText(this, Placeholder.printed(this.nonce, this.formulas.size() - 1), formula);
	}

	String read(Formula formula) {
		this.looked = true;
		return formula.of(this.values);
	}

	boolean isCaptured() {
		return Environment.getCurrentEnvironment().getOut() != this.out;
	}

	/**
	 * Whether a value was looked at. If not, no branch can depend on it: the output with
	 * its placeholders serves all recipients.
	 */
	boolean hasLooked() {
		return this.looked;
	}

	List<Formula> formulas() {
		return this.formulas;
	}

	/**
	 * Around each interpolation that may compute something: a text made after a value was
	 * looked at may differ, and becomes a slot that holds it.
	 */
	TemplateMethodModelEx computed() {
		return (arguments) -> computed((TemplateModel) arguments.get(0));
	}

	private TemplateModel computed(TemplateModel value) throws TemplateModelException {
		if (!this.looked || value instanceof SlotText || !(value instanceof TemplateScalarModel text) || isCaptured()) {
			return value;
		}
		String captured = text.getAsString();
		return slot((any) -> captured);
	}

}
