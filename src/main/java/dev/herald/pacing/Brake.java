package dev.herald.pacing;

import java.util.Optional;

import dev.herald.problem.Sentence;

/**
 * Stops one send that the receivers refuse, before it ruins the sender's name: on a share
 * of rejections, or on the same rejection of the content again and again. Each method
 * takes one final answer and returns why the send has to pause, the first time only. A
 * deferral is no final answer and is not told: a list that is greylisted would otherwise
 * hide its rejections. One for each run of a send. Thread-safe.
 */
public final class Brake {

	/**
	 * No judgement on fewer. A list with 10 % dead addresses, which is old but may be
	 * sent to, has 11 rejections among its first 50 answers once in a hundred sends; it
	 * has 5 among its first 20 once in twenty-five.
	 */
	static final int FEWEST_ANSWERS = 50;

	private final int share;

	private final int sameRejections;

	/** Of the last answers, which were rejections; a ring. */
	private final boolean[] rejections;

	private int next;

	private int answers;

	private int rejected;

	private String likeness = "";

	private int run;

	private boolean pulled;

	public Brake(PacingSettings.BrakeSettings settings) {
		this.share = settings.rejectedShare().value();
		this.sameRejections = settings.sameRejections();
		this.rejections = new boolean[settings.lastAnswers()];
	}

	/** The message was accepted. */
	public synchronized Optional<Sentence> accepted() {
		this.run = 0;
		return count(false);
	}

	/**
	 * The recipient was rejected, because the address is dead or for another reason that
	 * says nothing of the content. It neither adds to a run of the same rejections nor
	 * ends it: such a message never got as far as its content.
	 */
	public synchronized Optional<Sentence> rejected() {
		return count(true);
	}

	/**
	 * The message was rejected after DATA for its content, policy or reputation.
	 * @param likeness what replies have in common that differ in names and numbers only
	 */
	public synchronized Optional<Sentence> rejectedAfterData(String likeness) {
		this.run = likeness.equals(this.likeness) ? this.run + 1 : 1;
		this.likeness = likeness;
		Optional<Sentence> tooMany = count(true);
		if (this.run < this.sameRejections) {
			return tooMany;
		}
		return pull(Sentence.of("pacing.brake.same", this.run, Wording.reply(likeness)));
	}

	private Optional<Sentence> count(boolean rejection) {
		if (this.answers == this.rejections.length) {
			this.rejected -= this.rejections[this.next] ? 1 : 0;
		}
		else {
			this.answers++;
		}
		this.rejections[this.next] = rejection;
		this.rejected += rejection ? 1 : 0;
		this.next = (this.next + 1) % this.rejections.length;
		boolean enough = this.answers >= Math.min(FEWEST_ANSWERS, this.rejections.length);
		if (!enough || 100L * this.rejected <= (long) this.share * this.answers) {
			return Optional.empty();
		}
		return pull(Sentence.of("pacing.brake.share", this.rejected, this.answers, this.share));
	}

	private Optional<Sentence> pull(Sentence reason) {
		if (this.pulled) {
			return Optional.empty();
		}
		this.pulled = true;
		return Optional.of(reason);
	}

}
