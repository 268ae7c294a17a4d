package dev.herald.web;

import java.io.Serializable;
import java.util.List;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import dev.herald.testsend.TestReaders;
import dev.herald.testsend.TestReport;
import dev.herald.testsend.TestSends;

/** Mails an issue to whom its editor names, and shows on its page what became of it. */
@Controller
class TestSendController {

	private final Issues issues;

	private final TestSends tests;

	private final PageModel page;

	private final Words words;

	TestSendController(Issues issues, TestSends tests, PageModel page, Words words) {
		this.issues = issues;
		this.tests = tests;
		this.page = page;
		this.words = words;
	}

	@PostMapping("/newsletters/{key}/issues/{slug}/test")
	String test(@PathVariable String key, @PathVariable String slug, @RequestParam(defaultValue = "") String to,
			RedirectAttributes flash) {
		Issue issue = this.issues.require(slug, key);
		flash.addFlashAttribute("testTo", to);
		try {
			TestReport report = this.tests.send(issue, TestReaders.of(to, List.of()), this.page.visitor().name());
			flash.addFlashAttribute("test", Told.of(report));
		}
		catch (Problem ex) {
			flash.addFlashAttribute("testProblem", this.words.say(ex));
		}
		return "redirect:" + SendController.path(key, issue) + "#test";
	}

	/** What the page says of a test, as a session can keep it. */
	public record Told(String subject, String relay, List<Line> mails, int errors) implements Serializable {

		static Told of(TestReport report) {
			return new Told(report.subject(), report.relay(),
					report.mails()
						.stream()
						.map((mail) -> new Line(mail.outcome().isAccepted(), mail.inWords()))
						.toList(),
					report.errors().size());
		}

	}

	/** One mail of the test. */
	public record Line(boolean accepted, Sentence words) implements Serializable {
	}

}
