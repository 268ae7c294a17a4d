package dev.herald.cli;

import java.util.List;
import java.util.concurrent.Callable;

import dev.herald.issue.Issue;
import dev.herald.testsend.TestReaders;
import dev.herald.testsend.TestReport;
import dev.herald.testsend.TestSends;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "test", description = { "Mails an issue to a few addresses, to be looked at before it is sent.",
		"The mails are those of a real send, but for a mark in the subject and an unsubscribe link that is a sample. Nothing of it is counted, and the check's errors don't keep it back.",
		"The exit code is 1 where the relay did not accept all." },
		footer = { "", "Example:", "  herald issue test 2026-11-24 --to ann@example.org,bo@example.net" })
final class IssueTest implements Callable<Integer> {

	private final Console console;

	private final Beans beans;

	@Mixin
	private IssueArgument issue = new IssueArgument();

	@Option(names = "--to", paramLabel = "ADDRESS", required = true,
			description = "At most 20 addresses, with commas between.")
	private String to = "";

	@Option(names = "--as", paramLabel = "NAME",
			description = "The reader's name; once for each name to try, '' for none. Default: a sample name, and none too where the mail then differs.")
	private List<String> names = List.of();

	IssueTest(Console console, Beans beans) {
		this.console = console;
		this.beans = beans;
	}

	@Override
	public Integer call() {
		TestReaders readers = TestReaders.of(this.to, this.names);
		Issue found = this.issue.find(this.beans);
		TestReport report = this.beans.get(TestSends.class).send(found, readers, Decided.byWhom());
		this.console.print("Test of %s by the relay %s: %s".formatted(found.slug(), report.relay(), report.subject()));
		report.mails().forEach((mail) -> this.console.print(mail.inWords().toString()));
		if (!report.errors().isEmpty()) {
			this.console.say("What has to be mended before %s can be sent:".formatted(found.slug()));
			report.errors().forEach((finding) -> this.console.say(finding.in(found.slug()).toString()));
		}
		return report.allAccepted() ? 0 : 1;
	}

}
