package dev.herald.testsend;

import java.util.List;

import dev.herald.address.EmailAddress;
import dev.herald.check.Finding;
import dev.herald.problem.Sentence;

/**
 * What became of a test.
 *
 * @param subject as its mails have it
 * @param relay that was asked, for people
 * @param mails in the order of the addresses
 * @param errors of the check: they would keep the issue from being sent
 */
public record TestReport(String subject, String relay, List<TestMail> mails, List<Finding> errors) {

	public boolean allAccepted() {
		return this.mails.stream().allMatch((mail) -> mail.outcome().isAccepted());
	}

	/**
	 * One mail.
	 *
	 * @param name of the sample reader; may be empty
	 */
	public record TestMail(EmailAddress address, String name, TestOutcome outcome) {

		/** "ann@example.org (as Ann): accepted by the relay: 250 2.0.0 Ok". */
		public Sentence inWords() {
			return Sentence.of("testsend.mail", this.address.toString(),
					this.name.isEmpty() ? Sentence.of("testsend.nameless") : Sentence.of("testsend.name", this.name),
					this.outcome.inWords());
		}

	}

}
