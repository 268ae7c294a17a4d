package dev.herald.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.Newsletters;
import dev.herald.newsletter.TrackingMode;
import dev.herald.problem.Problem;
import dev.herald.segment.MailProviders;
import dev.herald.segment.Question;
import dev.herald.segment.Segment;
import dev.herald.segment.Segments;
import dev.herald.segment.Segments.Saving;
import dev.herald.segment.Tree;
import dev.herald.segment.TreeCheck;

/**
 * The segments of a newsletter: listed with how many are in them, made of rows of
 * conditions, changed and deleted.
 */
@Controller
@RequestMapping("/newsletters/{key}")
class SegmentController {

	/** After it no further segment of a list is counted. */
	private static final Duration PATIENCE = Duration.ofSeconds(5);

	/** Names and issues that a field suggests. */
	private static final int SUGGESTED = 100;

	private final Newsletters newsletters;

	private final Segments segments;

	private final TreeCheck trees;

	private final SegmentWords said;

	private final SegmentConflicts conflicts;

	private final MailProviders providers;

	private final Issues issues;

	private final Words words;

	private final Clock clock;

	SegmentController(Newsletters newsletters, Segments segments, TreeCheck trees, SegmentWords said,
			SegmentConflicts conflicts, MailProviders providers, Issues issues, Words words, Clock clock) {
		this.newsletters = newsletters;
		this.segments = segments;
		this.trees = trees;
		this.said = said;
		this.conflicts = conflicts;
		this.providers = providers;
		this.issues = issues;
		this.words = words;
		this.clock = clock;
	}

	/**
	 * A segment in a list.
	 *
	 * @param count null: not known
	 */
	public record Line(Segment segment, String conditions, @Nullable Integer count) {
	}

	@GetMapping("/segments")
	ModelAndView list(@PathVariable String key) {
		Newsletter newsletter = this.newsletters.require(key);
		Instant end = this.clock.instant().plus(PATIENCE);
		List<Line> lines = new ArrayList<>();
		for (Segment segment : this.segments.of(newsletter)) {
			Optional<Integer> count = this.clock.instant().isBefore(end) ? this.said.count(newsletter, segment.tree())
					: Optional.empty();
			lines.add(new Line(segment, this.said.of(segment.tree()), count.orElse(null)));
		}
		return new ModelAndView("segments", Map.of("newsletter", newsletter, "lines", lines));
	}

	@GetMapping("/new-segment")
	ModelAndView begin(@PathVariable String key) {
		return view(this.newsletters.require(key), null, SegmentForm.empty(this.words), null);
	}

	@PostMapping("/new-segment")
	ModelAndView create(@PathVariable String key, @RequestParam Map<String, String> fields, RedirectAttributes flash) {
		return act(this.newsletters.require(key), null, fields, flash);
	}

	@GetMapping("/segments/{id}")
	ModelAndView show(@PathVariable String key, @PathVariable String id) {
		Newsletter newsletter = this.newsletters.require(key);
		Segment segment = this.segments.require(newsletter, id);
		SegmentForm form = SegmentForm.of(segment, this.words);
		return view(newsletter, segment, form, tree(newsletter, form).orElse(null));
	}

	@PostMapping("/segments/{id}")
	ModelAndView change(@PathVariable String key, @PathVariable String id, @RequestParam Map<String, String> fields,
			RedirectAttributes flash) {
		Newsletter newsletter = this.newsletters.require(key);
		Optional<Segment> segment = this.segments.find(newsletter, id);
		return segment.isPresent() ? act(newsletter, segment.get(), fields, flash)
				: deletedMeanwhile(newsletter, id, SegmentForm.of(fields, this.words));
	}

	/** What was typed is not lost: it can be kept as a new segment. */
	private ModelAndView deletedMeanwhile(Newsletter newsletter, String id, SegmentForm form) {
		ModelAndView page = view(newsletter, null, form.seeing(""), null);
		page.setStatus(HttpStatus.CONFLICT);
		return page.addObject("problem", this.conflicts.deleted(newsletter, id));
	}

	/** By the button that was pressed: only one of them keeps anything. */
	private ModelAndView act(Newsletter newsletter, @Nullable Segment segment, Map<String, String> fields,
			RedirectAttributes flash) {
		SegmentForm form = SegmentForm.of(fields, this.words);
		String act = fields.getOrDefault("act", "save");
		Optional<SegmentForm> changed = form.after(act);
		if (changed.isPresent()) {
			return view(newsletter, segment, changed.get(), null).addObject("fresh", act);
		}
		Optional<Tree> tree = tree(newsletter, form);
		return switch (act) {
			case "json" -> view(newsletter, segment, tree.map(form::asJson).orElse(form), tree.orElse(null));
			case "rows" -> view(newsletter, segment, tree.map(form::asRows).orElse(form), tree.orElse(null));
			case "count" -> view(newsletter, segment, form, tree.orElse(null));
			default -> keep(newsletter, segment, form, tree.orElse(null), flash);
		};
	}

	private ModelAndView keep(Newsletter newsletter, @Nullable Segment segment, SegmentForm form, @Nullable Tree tree,
			RedirectAttributes flash) {
		form.checkName();
		if (tree != null && form.errors().isEmpty()) {
			try {
				return told(newsletter, save(newsletter, segment, form, tree), form, tree, flash);
			}
			catch (Problem ex) {
				form.rejectName(ex);
			}
		}
		ModelAndView refused = view(newsletter, segment, form, null);
		refused.setStatus(HttpStatus.BAD_REQUEST);
		return refused;
	}

	private Saving save(Newsletter newsletter, @Nullable Segment segment, SegmentForm form, Tree tree) {
		return (segment != null) ? this.segments.change(newsletter, segment.key(), form.name(), tree, form.seen())
				: new Saving.Saved(this.segments.create(newsletter, this.segments.freeKey(newsletter, form.name()),
						form.name(), tree));
	}

	/** Whoever saves second is told what the other saved, and decides. */
	private ModelAndView told(Newsletter newsletter, Saving saving, SegmentForm form, Tree tree,
			RedirectAttributes flash) {
		if (saving instanceof Saving.Conflict conflict) {
			Segment newest = conflict.newest();
			ModelAndView page = view(newsletter, newest, form.seeing(newest.state()), tree);
			page.setStatus(HttpStatus.CONFLICT);
			return page.addObject("conflict", this.conflicts.saved(newsletter, newest));
		}
		Segment saved = ((Saving.Saved) saving).segment();
		flash.addFlashAttribute("done", this.words.say("segments.saved", saved.name()));
		return new ModelAndView("redirect:" + path(newsletter) + "/" + saved.key());
	}

	private Optional<Tree> tree(Newsletter newsletter, SegmentForm form) {
		return form.tree((tree) -> this.trees.check(newsletter, tree));
	}

	/** How many would be in it, as its form is filled in. */
	@PostMapping("/segment-count")
	ModelAndView count(@PathVariable String key, @RequestParam Map<String, String> fields) {
		Newsletter newsletter = this.newsletters.require(key);
		ModelAndView part = new ModelAndView("segment-count");
		tree(newsletter, SegmentForm.of(fields, this.words)).ifPresent((tree) -> counted(part, newsletter, tree));
		return part;
	}

	@PostMapping("/segments/{id}/delete")
	String delete(@PathVariable String key, @PathVariable String id, RedirectAttributes flash) {
		Newsletter newsletter = this.newsletters.require(key);
		Segment segment = this.segments.require(newsletter, id);
		this.segments.delete(newsletter, id);
		flash.addFlashAttribute("done", this.words.say("segments.deleted", segment.name()));
		flash.addFlashAttribute("undoPath", path(newsletter) + "/" + segment.key() + "/undo");
		return "redirect:" + path(newsletter);
	}

	/** Takes the deleting back. */
	@PostMapping("/segments/{id}/undo")
	String undo(@PathVariable String key, @PathVariable String id, RedirectAttributes flash) {
		Newsletter newsletter = this.newsletters.require(key);
		if (!this.segments.restore(newsletter, id)) {
			flash.addFlashAttribute("problem", this.words.say("segments.too-late"));
			return "redirect:" + path(newsletter);
		}
		Segment segment = this.segments.require(newsletter, id);
		flash.addFlashAttribute("done", this.words.say("segments.back", segment.name()));
		return "redirect:" + path(newsletter) + "/" + segment.key();
	}

	private static String path(Newsletter newsletter) {
		return "/newsletters/" + newsletter.key() + "/segments";
	}

	/**
	 * @param segment null: a new one
	 * @param tree what is counted; null: nothing is
	 */
	private ModelAndView view(Newsletter newsletter, @Nullable Segment segment, SegmentForm form, @Nullable Tree tree) {
		ModelAndView page = new ModelAndView("segment");
		page.addObject("newsletter", newsletter);
		page.addObject("segment", segment);
		page.addObject("form", form.model());
		page.addObject("tests", Arrays.stream(Question.Field.values()).map(Question::of).toList());
		page.addObject("tracks", newsletter.tracking() == TrackingMode.PERSONS);
		page.addObject("attributes", this.segments.attributeNames(SUGGESTED));
		page.addObject("providers", new TreeSet<>(this.providers.all().keySet()));
		page.addObject("slugs", this.issues.newest(newsletter.id(), 0, SUGGESTED).stream().map(Issue::slug).toList());
		if (tree != null) {
			counted(page, newsletter, tree);
		}
		return page;
	}

	private void counted(ModelAndView page, Newsletter newsletter, Tree tree) {
		page.addObject("counted", true);
		page.addObject("conditions", this.said.of(tree));
		this.said.count(newsletter, tree).ifPresent((count) -> page.addObject("count", count));
	}

}
