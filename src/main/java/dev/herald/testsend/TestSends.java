package dev.herald.testsend;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.herald.address.EmailAddress;
import dev.herald.audit.Action;
import dev.herald.audit.Change;
import dev.herald.check.Finding;
import dev.herald.check.IssueCheck;
import dev.herald.issue.Issue;
import dev.herald.issue.IssueSource;
import dev.herald.issue.Issues;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.Newsletters;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import dev.herald.render.CompiledIssue;
import dev.herald.render.IssueCompiler;
import dev.herald.render.Samples;
import dev.herald.smtp.Relays;
import dev.herald.subscriber.Suppressions;
import dev.herald.testsend.TestReport.TestMail;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends tests: the issue as it is now, by the path of a real send, to addresses that
 * somebody names. A test is no send: the ledger, the figures, the subscriptions and the
 * relay's warm-up know nothing of it. Thread-safe.
 */
@Component
public class TestSends {

	private final Issues issues;

	private final Newsletters newsletters;

	private final IssueCompiler compiler;

	private final Suppressions suppressions;

	private final TestAllowance allowance;

	private final Relays relays;

	private final TestSendSettings settings;

	private final TransactionTemplate transactions;

	private final ApplicationEventPublisher events;

	TestSends(Issues issues, Newsletters newsletters, IssueCompiler compiler, Suppressions suppressions,
			TestAllowance allowance, Relays relays, TestSendSettings settings, TransactionTemplate transactions,
			ApplicationEventPublisher events) {
		this.issues = issues;
		this.newsletters = newsletters;
		this.compiler = compiler;
		this.suppressions = suppressions;
		this.allowance = allowance;
		this.relays = relays;
		this.settings = settings;
		this.transactions = transactions;
		this.events = events;
	}

	/**
	 * Returns when the relay has answered for each address, or has failed.
	 * @param who the account, or the user of the command line
	 * @throws Problem when no relay is set, the issue does not render, or this account
	 * has tested too often
	 */
	public TestReport send(Issue issue, TestReaders readers, String who) {
		return send(issue, this.issues.source(issue.versionId()), readers, who);
	}

	/**
	 * The same with a text of the issue that is no version yet.
	 */
	public TestReport send(Issue issue, IssueSource source, TestReaders readers, String who) {
		if (!this.relays.present()) {
			throw Problem.work(Sentence.of("testsend.no-relay"));
		}
		Newsletter newsletter = this.newsletters.byId(issue.newsletterId());
		CompiledIssue compiled = this.compiler.compileTest(source, newsletter);
		List<Finding> errors = IssueCheck.of(source, newsletter, compiled).stream().filter(Finding::isError).toList();
		this.transactions.executeWithoutResult((status) -> {
			this.allowance.take(who);
			this.events.publishEvent(Change.of(Action.ISSUE_TESTED, newsletter.key() + "/" + issue.slug())
				.with("addresses", readers.addresses().size()));
		});
		RelayVisit visit = RelayVisit.toOneOf(this.relays, this.settings.patience());
		try (visit) {
			List<TestMail> mails = new ArrayList<>();
			for (EmailAddress address : readers.addresses()) {
				for (String name : names(compiled, address, readers.names())) {
					mails.add(new TestMail(address, name, outcome(visit, compiled, address, name, mails.size() + 1)));
				}
			}
			return new TestReport(compiled.subject(), visit.relay(), mails, errors);
		}
	}

	/**
	 * A template may greet those who have a name, and those who have none otherwise: then
	 * both are shown.
	 */
	private static List<String> names(CompiledIssue compiled, EmailAddress address, List<String> wanted) {
		if (!wanted.isEmpty()) {
			return wanted;
		}
		String name = Samples.name();
		boolean alike = compiled.html(Samples.testReader(address, name, 1))
			.equals(compiled.html(Samples.testReader(address, "", 1)))
				&& compiled.text(Samples.testReader(address, name, 1))
					.equals(compiled.text(Samples.testReader(address, "", 1)));
		return alike ? List.of(name) : List.of(name, "");
	}

	private TestOutcome outcome(RelayVisit visit, CompiledIssue compiled, EmailAddress address, String name,
			int number) {
		Optional<Suppressions.Suppression> suppression = this.suppressions.find(address);
		return suppression.isPresent() ? new TestOutcome.Suppressed(suppression.get().reason())
				: visit.hand(compiled.message(Samples.testReader(address, name, number)));
	}

}
