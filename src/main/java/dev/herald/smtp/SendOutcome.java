package dev.herald.smtp;

import dev.herald.problem.Sentence;
import dev.herald.returns.SmtpReplies;

/**
 * What became of one attempt to hand one message to a relay. There is no boolean in it:
 * exactly-once over SMTP is impossible (RFC 1047), so unknown is an answer of its own.
 */
public sealed interface SendOutcome {

	/** 2xx after the final dot: the relay took responsibility. */
	record Accepted(SmtpReply reply) implements SendOutcome {
	}

	/** 4xx for this recipient or this message: try again later. */
	record Deferred(SmtpReply reply) implements SendOutcome {
	}

	/**
	 * 5xx for this recipient or this message: final.
	 *
	 * @param stage what was refused
	 */
	record Rejected(SmtpReply reply, Stage stage) implements SendOutcome {

		/** Whether the reply says that mail to this address can never arrive. */
		public boolean addressIsDead() {
			return this.stage == Stage.RCPT
					&& SmtpReplies.addressIsDead(this.reply.code(), this.reply.status(), this.reply.text());
		}

	}

	/** DATA was begun and no answer is known. Never tried again by itself. */
	record Uncertain(String reason) implements SendOutcome {
	}

	/**
	 * Nothing was handed over, and it is not this recipient's doing: no connection, 421,
	 * a connection lost before DATA. The same delivery may be tried again.
	 */
	record RelayUnavailable(Sentence reason) implements SendOutcome {
	}

	/**
	 * 5xx at MAIL FROM, AUTH or STARTTLS: our own fault, the same for everyone. The send
	 * must stop; nobody is rejected.
	 *
	 * @param reason the relay's own words, or what they mean
	 */
	record Refused(SmtpReply reply, Sentence reason) implements SendOutcome {

		public Refused(SmtpReply reply) {
			this(reply, Sentence.of("smtp.said", reply.text()));
		}

	}

	/** The permit said no: nothing was written, and the connection is as it was. */
	record Withheld() implements SendOutcome {
	}

	/** What a rejection is about. */
	enum Stage {

		/** The recipient. */
		RCPT,

		/** The message, at DATA or after the final dot. */
		CONTENT

	}

}
