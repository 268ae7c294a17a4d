package dev.herald.web;

import java.util.List;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.problem.Problem;
import dev.herald.testsend.TestReaders;
import dev.herald.testsend.TestSends;

/** Mails an issue to whom its editor names, and shows on its page what became of it. */
@Controller
class TestSendController {

	private final Issues issues;

	private final TestSends tests;

	private final PageModel page;

	TestSendController(Issues issues, TestSends tests, PageModel page) {
		this.issues = issues;
		this.tests = tests;
		this.page = page;
	}

	@PostMapping("/newsletters/{key}/issues/{slug}/test")
	String test(@PathVariable String key, @PathVariable String slug, @RequestParam(defaultValue = "") String to,
			RedirectAttributes flash) {
		Issue issue = this.issues.require(slug, key);
		flash.addFlashAttribute("testTo", to);
		try {
			flash.addFlashAttribute("test",
					this.tests.send(issue, TestReaders.of(to, List.of()), this.page.visitor().name()));
		}
		catch (Problem ex) {
			flash.addFlashAttribute("testProblem", String.valueOf(ex.getMessage()));
		}
		return "redirect:" + SendController.path(key, issue) + "#test";
	}

}
