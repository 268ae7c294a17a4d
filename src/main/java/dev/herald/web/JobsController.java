package dev.herald.web;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import dev.herald.delivery.Send;
import dev.herald.delivery.Sends;
import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.jobs.Execution;
import dev.herald.jobs.Jobs;
import dev.herald.newsletter.Newsletters;

/** Executions of the batch jobs, and what servers will do next. */
@Controller
@RequestMapping("/jobs")
class JobsController {

	private static final int SHOWN = 30;

	private final Jobs jobs;

	private final Sends sends;

	private final Issues issues;

	private final Newsletters newsletters;

	private final Words words;

	JobsController(Jobs jobs, Sends sends, Issues issues, Newsletters newsletters, Words words) {
		this.jobs = jobs;
		this.sends = sends;
		this.issues = issues;
		this.newsletters = newsletters;
		this.words = words;
	}

	@GetMapping
	String list(Model model) {
		List<Execution> executions = this.jobs.latest(SHOWN);
		model.addAttribute("executions", executions);
		model.addAttribute("schedule", this.jobs.schedule(SHOWN));
		model.addAttribute("sends", sends(executions));
		return "jobs";
	}

	@GetMapping("/{id}")
	String show(@PathVariable long id, Model model) {
		Execution execution = this.jobs.require(id);
		model.addAttribute("execution", execution);
		model.addAttribute("sends", sends(List.of(execution)));
		return "job";
	}

	@PostMapping("/{id}/restart")
	String restart(@PathVariable long id, RedirectAttributes flash) {
		this.jobs.restart(id);
		flash.addFlashAttribute("done", this.words.say("jobs.restarted", Long.toString(id)));
		return "redirect:/jobs";
	}

	/** By the number of the send, as text: what FreeMarker looks up. */
	private Map<String, SendLine> sends(List<Execution> executions) {
		Map<String, SendLine> lines = new HashMap<>();
		executions.stream().map(Execution::sendId).filter((id) -> id > 0).distinct().forEach((id) -> {
			Send send = this.sends.byId(id);
			Issue issue = this.issues.byId(send.issueId());
			lines.put(Integer.toString(id), new SendLine(this.newsletters.byId(issue.newsletterId()), issue, send));
		});
		return lines;
	}

}
