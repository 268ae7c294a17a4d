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
import dev.herald.segment.SegmentSql;
import dev.herald.segment.SegmentSqls;
import dev.herald.segment.Segments;
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

	private final Segments segments;

	private final SegmentSqls segmentSqls;

	SubscribersController(Newsletters newsletters, Subscriptions subscriptions, SubscriberExport export,
			Segments segments, SegmentSqls segmentSqls) {
		this.newsletters = newsletters;
		this.subscriptions = subscriptions;
		this.export = export;
		this.segments = segments;
		this.segmentSqls = segmentSqls;
	}

	@GetMapping
	String counts(@PathVariable String key, Model model) {
		Newsletter newsletter = this.newsletters.require(key);
		model.addAttribute("newsletter", newsletter);
		model.addAttribute("counts", this.subscriptions.count(newsletter.id()));
		model.addAttribute("segments", this.segments.of(newsletter));
		return "subscribers";
	}

	/**
	 * Streamed: a list does not fit in memory.
	 * @param segment empty for all
	 */
	@GetMapping("/export")
	void export(@PathVariable String key, @RequestParam(defaultValue = "csv") String format,
			@RequestParam(defaultValue = "") String segment, HttpServletResponse response) throws IOException {
		Newsletter newsletter = this.newsletters.require(key);
		SegmentSql part = segment.isEmpty() ? null : this.segmentSqls.require(newsletter, segment);
		boolean json = format.equals("jsonl");
		String name = newsletter.key() + (segment.isEmpty() ? "" : "-" + segment);
		response.setContentType((json ? JSON_LINES : CSV).toString());
		response.setHeader("Content-Disposition", "attachment; filename=\"" + name + (json ? ".jsonl" : ".csv") + "\"");
		if (json) {
			this.export.runJson(newsletter, part, response.getWriter());
		}
		else {
			this.export.run(newsletter, part, response.getWriter());
		}
	}

}
