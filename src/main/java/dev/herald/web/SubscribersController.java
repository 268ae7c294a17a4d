package dev.herald.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.Newsletters;
import dev.herald.subscriber.SubscriberExport;
import dev.herald.subscriber.Subscriptions;

/**
 * How many subscribe to a newsletter; for admins, taking them out.
 */
@Controller
@RequestMapping("/newsletters/{key}/subscribers")
class SubscribersController {

	private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);

	private static final MediaType JSON_LINES = new MediaType("application", "jsonl", StandardCharsets.UTF_8);

	private final Newsletters newsletters;

	private final Subscriptions subscriptions;

	private final SubscriberExport export;

	SubscribersController(Newsletters newsletters, Subscriptions subscriptions, SubscriberExport export) {
		this.newsletters = newsletters;
		this.subscriptions = subscriptions;
		this.export = export;
	}

	@GetMapping
	String counts(@PathVariable String key, Model model) {
		Newsletter newsletter = this.newsletters.require(key);
		model.addAttribute("newsletter", newsletter);
		model.addAttribute("counts", this.subscriptions.count(newsletter.id()));
		return "subscribers";
	}

	/** Streamed: a list does not fit in memory. */
	@GetMapping("/export")
	void export(@PathVariable String key, @RequestParam(defaultValue = "csv") String format,
			HttpServletResponse response) throws IOException {
		Newsletter newsletter = this.newsletters.require(key);
		boolean json = format.equals("jsonl");
		response.setContentType((json ? JSON_LINES : CSV).toString());
		response.setHeader("Content-Disposition",
				"attachment; filename=\"" + newsletter.key() + (json ? ".jsonl" : ".csv") + "\"");
		if (json) {
			this.export.runJson(newsletter, response.getWriter());
		}
		else {
			this.export.run(newsletter, response.getWriter());
		}
	}

}
