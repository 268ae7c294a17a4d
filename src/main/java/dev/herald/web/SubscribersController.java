package dev.herald.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.Newsletters;
import dev.herald.problem.Problem;
import dev.herald.subscriber.SubscriberExport;
import dev.herald.subscriber.Subscriptions;

/**
 * How many subscribe to a newsletter; for admins, bringing them in and taking them out.
 */
@Controller
@RequestMapping("/newsletters/{key}/subscribers")
class SubscribersController {

	private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);

	private final Newsletters newsletters;

	private final Subscriptions subscriptions;

	private final SubscriberExport export;

	private final CsvUploads uploads;

	private final Words words;

	SubscribersController(Newsletters newsletters, Subscriptions subscriptions, SubscriberExport export,
			CsvUploads uploads, Words words) {
		this.newsletters = newsletters;
		this.subscriptions = subscriptions;
		this.export = export;
		this.uploads = uploads;
		this.words = words;
	}

	@GetMapping
	String counts(@PathVariable String key, Model model) {
		Newsletter newsletter = this.newsletters.require(key);
		model.addAttribute("newsletter", newsletter);
		model.addAttribute("counts", this.subscriptions.count(newsletter.id()));
		return "subscribers";
	}

	@PostMapping("/imports")
	ModelAndView upload(@PathVariable String key, @RequestParam MultipartFile file, Model model) throws IOException {
		Newsletter newsletter = this.newsletters.require(key);
		try {
			if (file.isEmpty()) {
				throw Problem.usage(this.words.say("import.no-file"));
			}
			return new ModelAndView(
					"redirect:" + path(newsletter) + "/imports/" + this.uploads.accept(newsletter, file));
		}
		catch (Problem ex) {
			counts(key, model);
			return new ModelAndView("subscribers", Map.of("problem", this.words.say(ex)), HttpStatus.BAD_REQUEST);
		}
	}

	@GetMapping("/imports/{id}")
	String show(@PathVariable String key, @PathVariable String id, Model model) {
		model.addAttribute("newsletter", this.newsletters.require(key));
		step(key, id, model);
		return "import";
	}

	/** The part of the page that changes while the file is read. */
	@GetMapping("/imports/{id}/step")
	String step(@PathVariable String key, @PathVariable String id, Model model) {
		Newsletter newsletter = this.newsletters.require(key);
		CsvUploads.Step step = this.uploads.require(id, newsletter).step();
		model.addAttribute("newsletterKey", key);
		model.addAttribute("uploadId", id);
		model.addAttribute("busy", step.busy());
		if (step instanceof CsvUploads.Step.Checking) {
			model.addAttribute("step", "checking");
		}
		else if (step instanceof CsvUploads.Step.Importing) {
			model.addAttribute("step", "importing");
		}
		else if (step instanceof CsvUploads.Step.Checked checked) {
			model.addAttribute("step", "checked").addAttribute("result", checked.result());
		}
		else if (step instanceof CsvUploads.Step.Imported imported) {
			model.addAttribute("step", "imported").addAttribute("result", imported.result());
		}
		else if (step instanceof CsvUploads.Step.Failed failed) {
			model.addAttribute("step", "failed").addAttribute("failure", this.words.say(failed.problem()));
		}
		else if (step instanceof CsvUploads.Step.Broken) {
			model.addAttribute("step", "failed").addAttribute("failure", this.words.say("import.fault"));
		}
		return "import-step";
	}

	@PostMapping("/imports/{id}")
	String confirm(@PathVariable String key, @PathVariable String id) {
		Newsletter newsletter = this.newsletters.require(key);
		this.uploads.confirm(id, newsletter);
		return "redirect:" + path(newsletter) + "/imports/" + id;
	}

	@GetMapping("/imports/{id}/rejects")
	ResponseEntity<Resource> rejects(@PathVariable String key, @PathVariable String id) {
		Newsletter newsletter = this.newsletters.require(key);
		Path rejects = this.uploads.require(id, newsletter).rejects();
		if (!Files.exists(rejects)) {
			throw Problem.usage(this.words.say("import.no-rejects"));
		}
		return ResponseEntity.ok()
			.contentType(CSV)
			.header("Content-Disposition", "attachment; filename=\"" + newsletter.key() + "-rejects.csv\"")
			.body(new FileSystemResource(rejects));
	}

	/** Streamed: a list does not fit in memory. */
	@GetMapping("/export")
	void export(@PathVariable String key, HttpServletResponse response) throws IOException {
		Newsletter newsletter = this.newsletters.require(key);
		response.setContentType(CSV.toString());
		response.setHeader("Content-Disposition", "attachment; filename=\"" + newsletter.key() + ".csv\"");
		this.export.run(newsletter, response.getWriter());
	}

	private static String path(Newsletter newsletter) {
		return "/newsletters/" + newsletter.key() + "/subscribers";
	}

}
