package dev.herald.render;

import java.util.List;
import java.util.Optional;

import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import dev.herald.render.PartTemplate.Output;
import dev.herald.render.RecipientValues.Formula;
import org.jspecify.annotations.Nullable;

/**
 * One part of an issue, compiled. A template that looks at no recipient has one form. One
 * that does is run for each recipient without the issue's text, and what it prints finds
 * the form. Where no form would give the very octets of a full rendering, the part is
 * rendered in full: slow, and right. Thread-safe.
 */
final class IssuePart {

	private final PartTemplate template;

	private final TransferEncoding encoding;

	private final PartVariants variants = new PartVariants();

	private final boolean fillable;

	/** The only form there is, or null. */
	private @Nullable PartVariant only;

	private List<Formula> formulas = List.of();

	/**
	 * @param samples many kinds of recipients
	 * @param encoding of all mails, so that their beginning is the same
	 * @throws Problem when the template fails for one, or does not show how to
	 * unsubscribe
	 */
	IssuePart(PartTemplate template, List<RecipientValues> samples, TransferEncoding encoding) {
		this.template = template;
		for (RecipientValues sample : samples) {
			requireUnsubscribe(sample);
		}
		this.encoding = encoding;
		// Each form that the samples have is made whole once, to find its faults.
		this.fillable = !template.seesSlots() && fill(samples);
		if (!this.fillable) {
			samples.forEach(template::whole);
		}
	}

	private void requireUnsubscribe(RecipientValues sample) {
		if (!this.template.showsUnsubscribe(sample)) {
			throw Problem
				.work(Sentence.of(sample.name().isEmpty() ? "render.no-unsubscribe.nameless" : "render.no-unsubscribe",
						TemplateSources.FOLDER + this.template.format().template()));
		}
	}

	private boolean fill(List<RecipientValues> samples) {
		try {
			Output output = this.template.output(samples.get(0));
			if (!output.looked()) {
				this.only = this.template.variant(output, samples.get(0), this.encoding);
				this.formulas = output.formulas();
				return this.only != null;
			}
			for (RecipientValues sample : samples) {
				Output skimmed = this.template.skim(sample);
				if (!this.variants.has(skimmed.text())) {
					this.variants.put(skimmed.text(), this.template.variant(skimmed, sample, this.encoding));
				}
			}
			return true;
		}
		catch (Problem ex) {
			// It renders in full: only with slots it does not, such as for ?html.
			return false;
		}
	}

	PartContent content(RecipientValues values) {
		PartContent filled = this.fillable ? filled(values) : null;
		return (filled != null) ? filled : PartContent.whole(this.template.whole(values));
	}

	private @Nullable PartContent filled(RecipientValues values) {
		if (this.only != null) {
			return this.only.filled(this.formulas, values);
		}
		try {
			Output skimmed = this.template.skim(values);
			Optional<PartVariant> variant = this.variants.find(skimmed.text(),
					() -> this.template.variant(skimmed, values, this.encoding));
			return variant.isPresent() ? variant.get().filled(skimmed.formulas(), values) : null;
		}
		catch (Problem ex) {
			// As above, for this recipient.
			return null;
		}
	}

	TransferEncoding encoding() {
		return this.encoding;
	}

	String subtype() {
		return this.template.format().subtype();
	}

	/** Writes what all mails have in common at the beginning of this part. */
	void writeShared(Pieces out) {
		if (this.only != null) {
			this.only.encoded().writeShared(this.encoding.encoder(out));
		}
	}

}
