package dev.herald.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import jakarta.servlet.http.HttpServletRequest;

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
import dev.herald.subscriber.ImportProgress;
import dev.herald.subscriber.ListField;
import dev.herald.subscriber.ListLook;
import dev.herald.subscriber.Mapping;
import dev.herald.subscriber.Subscriptions;
import dev.herald.web.ListUploads.Step;

/**
 * For admins: a list is uploaded, checked, read in another way, imported, stopped and
 * gone on with.
 */
@Controller
@RequestMapping("/newsletters/{key}/subscribers/imports")
class ImportController {

	private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);

	private final Newsletters newsletters;

	private final Subscriptions subscriptions;

	private final ListUploads uploads;

	private final Words words;

	ImportController(Newsletters newsletters, Subscriptions subscriptions, ListUploads uploads, Words words) {
		this.newsletters = newsletters;
		this.subscriptions = subscriptions;
		this.uploads = uploads;
		this.words = words;
	}

	@PostMapping
	ModelAndView upload(@PathVariable String key, @RequestParam MultipartFile file) throws IOException {
		Newsletter newsletter = this.newsletters.require(key);
		try {
			if (file.isEmpty()) {
				throw Problem.usage(this.words.say("import.no-file"));
			}
			return new ModelAndView("redirect:" + path(newsletter, this.uploads.accept(newsletter, file)));
		}
		catch (Problem ex) {
			return new ModelAndView("subscribers", Map.of("problem", this.words.say(ex), "newsletter", newsletter,
					"counts", this.subscriptions.count(newsletter.id())), HttpStatus.BAD_REQUEST);
		}
	}

	@GetMapping("/{id}")
	String show(@PathVariable String key, @PathVariable String id, Model model) {
		Newsletter newsletter = this.newsletters.require(key);
		model.addAttribute("newsletter", newsletter);
		step(key, id, model);
		return "import";
	}

	/** The part of the page that changes while the file is read. */
	@GetMapping("/{id}/step")
	String step(@PathVariable String key, @PathVariable String id, Model model) {
		Newsletter newsletter = this.newsletters.require(key);
		Step step = this.uploads.require(id, newsletter).step();
		model.addAttribute("newsletterKey", key);
		model.addAttribute("uploadId", id);
		model.addAttribute("fileName", this.uploads.fileName(id));
		model.addAttribute("busy", step.busy());
		model.addAttribute("goesOn", step.mayImport());
		boolean changeable = false;
		if (step instanceof Step.Checking checking) {
			progress("checking", checking.progress(), model);
		}
		else if (step instanceof Step.Importing importing) {
			progress("importing", importing.progress(), model);
		}
		else if (step instanceof Step.Checked checked) {
			model.addAttribute("step", "checked").addAttribute("result", checked.result());
			changeable = true;
		}
		else if (step instanceof Step.Imported imported) {
			model.addAttribute("step", "imported").addAttribute("result", imported.result());
		}
		else if (step instanceof Step.Stopped stopped) {
			model.addAttribute("step", stopped.importing() ? "stopped" : "unchecked");
			changeable = !stopped.importing();
		}
		else if (step instanceof Step.Failed failed) {
			model.addAttribute("step", "failed").addAttribute("failure", this.words.say(failed.problem()));
			changeable = !failed.importing();
		}
		else if (step instanceof Step.Broken broken) {
			model.addAttribute("step", "failed").addAttribute("failure", this.words.say("import.fault"));
			changeable = !broken.importing();
		}
		else {
			model.addAttribute("step", "over");
		}
		model.addAttribute("rejects", Files.exists(this.uploads.rejects(id)));
		if (changeable) {
			columns(id, model);
		}
		return "import-step";
	}

	private static void progress(String step, ImportProgress progress, Model model) {
		model.addAttribute("step", step)
			.addAttribute("rows", progress.rows())
			.addAttribute("percent", progress.percent());
	}

	/** What each column is taken for, where the file can be read at all. */
	private void columns(String id, Model model) {
		ListChoice choice = this.uploads.choice(id);
		model.addAttribute("choice", choice);
		try {
			ListLook look = this.uploads.look(id);
			Mapping mapping = choice.mapping(look);
			List<ShownColumn> columns = new ArrayList<>();
			for (int i = 0; i < Math.min(look.header().size(), ListChoice.MAX_COLUMNS); i++) {
				columns.add(ShownColumn.of(look, mapping, i));
			}
			model.addAttribute("look", look)
				.addAttribute("columns", columns)
				.addAttribute("everyone", choice.everyone(look).name())
				.addAttribute("fields", List.of(ListField.values()));
		}
		catch (Problem ex) {
			// The step says what is wrong; encoding and separator can be chosen.
			model.addAttribute("columns", List.of());
		}
	}

	/** Reads the list in another way and checks it again. */
	@PostMapping("/{id}/mapping")
	String map(@PathVariable String key, @PathVariable String id, @RequestParam(defaultValue = "") String charset,
			@RequestParam(defaultValue = "") String separator, @RequestParam(defaultValue = "") String preset,
			@RequestParam(defaultValue = "") String everyone, HttpServletRequest request) {
		Newsletter newsletter = this.newsletters.require(key);
		this.uploads.require(id, newsletter);
		ListChoice before = this.uploads.choice(id);
		ListChoice choice = ListChoice.of(charset, separator, preset, fields(request), everyone);
		// Another program's columns mean something else: its own mapping first.
		boolean another = !choice.presetName().equals(before.presetName());
		this.uploads.check(id, newsletter,
				another ? ListChoice.of(charset, separator, preset, List.of(), everyone) : choice);
		return "redirect:" + path(newsletter, id);
	}

	private static List<String> fields(HttpServletRequest request) {
		Map<Integer, String> fields = new TreeMap<>();
		for (int i = 0; i < ListChoice.MAX_COLUMNS; i++) {
			String field = request.getParameter("field" + i);
			if (field == null) {
				break;
			}
			String name = request.getParameter("name" + i);
			boolean attribute = field.equals(ListField.ATTRIBUTE.key()) && name != null && !name.isBlank();
			fields.put(i, attribute ? field + ":" + name.strip() : field);
		}
		return List.copyOf(fields.values());
	}

	@PostMapping("/{id}")
	String confirm(@PathVariable String key, @PathVariable String id) {
		Newsletter newsletter = this.newsletters.require(key);
		this.uploads.confirm(id, newsletter);
		return "redirect:" + path(newsletter, id);
	}

	@PostMapping("/{id}/stop")
	String stop(@PathVariable String key, @PathVariable String id) {
		Newsletter newsletter = this.newsletters.require(key);
		this.uploads.stop(id, newsletter);
		return "redirect:" + path(newsletter, id);
	}

	@GetMapping("/{id}/rejects")
	ResponseEntity<Resource> rejects(@PathVariable String key, @PathVariable String id) {
		Newsletter newsletter = this.newsletters.require(key);
		this.uploads.require(id, newsletter);
		Path rejects = this.uploads.rejects(id);
		if (!Files.exists(rejects)) {
			throw Problem.usage(this.words.say("import.no-rejects"));
		}
		return ResponseEntity.ok()
			.contentType(CSV)
			.header("Content-Disposition", "attachment; filename=\"" + newsletter.key() + "-rejects.csv\"")
			.body(new FileSystemResource(rejects));
	}

	private static String path(Newsletter newsletter, String id) {
		return "/newsletters/" + newsletter.key() + "/subscribers/imports/" + id;
	}

	/**
	 * A column as the page shows it.
	 *
	 * @param sample values of its first rows
	 */
	public record ShownColumn(String name, String field, String attribute, List<String> sample) {

		static ShownColumn of(ListLook look, Mapping mapping, int index) {
			Mapping.Target target = mapping.targets().get(index);
			String name = look.header().get(index);
			List<String> sample = IntStream.range(0, Math.min(3, look.sample().size()))
				.mapToObj((row) -> look.sample().get(row))
				.map((row) -> (index < row.size()) ? row.get(index) : "")
				.filter((value) -> !value.isBlank())
				.map((value) -> (value.length() <= 40) ? value : value.substring(0, 40) + "…")
				.toList();
			return new ShownColumn(name, target.field().key(),
					(target.field() == ListField.ATTRIBUTE) ? target.attribute() : "", sample);
		}

	}

}
