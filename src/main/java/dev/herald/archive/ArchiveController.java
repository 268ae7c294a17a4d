package dev.herald.archive;

import java.util.Optional;

import dev.herald.archive.PublishedIssues.Edition;
import dev.herald.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/** An issue on the web, for everybody; before it is published, for editors. */
@Controller
class ArchiveController {

	private static final Logger logger = LoggerFactory.getLogger(ArchiveController.class);

	private final PublishedIssues published;

	private final ArchivePages pages;

	private final Editors editors;

	ArchiveController(PublishedIssues published, ArchivePages pages, Editors editors) {
		this.published = published;
		this.pages = pages;
		this.editors = editors;
	}

	@GetMapping("/archive/{newsletter}/{slug}")
	ResponseEntity<byte[]> show(@PathVariable String newsletter, @PathVariable String slug,
			HttpServletRequest request) {
		try {
			return this.published.find(newsletter, slug)
				.or(() -> this.editors.include(request) ? this.published.draft(newsletter, slug) : Optional.empty())
				.map(this::found)
				.orElseGet(() -> ArchiveAnswers.unkept(HttpStatus.NOT_FOUND, this.pages.missing(request.getLocale())));
		}
		catch (Problem ex) {
			// It speaks to the operator, not to visitors.
			logger.warn("A page of the archive can't be shown: {}", ex.getMessage());
			throw new ResponseStatusException(HttpStatus.INTERNAL_SERVER_ERROR, null, ex);
		}
	}

	private ResponseEntity<byte[]> found(Edition edition) {
		return this.pages.of(edition)
			.map((page) -> edition.published() ? ArchiveAnswers.publicly(page)
					: ArchiveAnswers.unkept(HttpStatus.OK, page))
			.orElseGet(ArchiveAnswers::busy);
	}

}
