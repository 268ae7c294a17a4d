package dev.herald.archive;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

import dev.herald.archive.PublishedIssues.Edition;
import dev.herald.problem.Problem;
import dev.herald.render.ArchivePage;
import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/** An issue on the web, for everybody; before it is published, for editors. */
@Controller
class ArchiveController {

	/** Runs nothing, and loads nothing but an issue's pictures. */
	private static final String POLICY = "default-src 'none'; style-src %s; img-src https: http: data:; "
			+ "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

	private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

	/** So long a page that was made private may still be seen. */
	private static final Duration FRESH = Duration.ofMinutes(1);

	private static final Duration COME_AGAIN = Duration.ofSeconds(10);

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
				.orElseGet(() -> unkept(HttpStatus.NOT_FOUND, this.pages.missing(request.getLocale())));
		}
		catch (Problem ex) {
			// It speaks to the operator, not to visitors.
			logger.warn("A page of the archive can't be shown: {}", ex.getMessage());
			throw new ResponseStatusException(HttpStatus.INTERNAL_SERVER_ERROR, null, ex);
		}
	}

	private ResponseEntity<byte[]> found(Edition edition) {
		return this.pages.of(edition)
			.map((page) -> edition.published() ? publicly(page) : unkept(HttpStatus.OK, page))
			.orElseGet(ArchiveController::busy);
	}

	/** Spring answers 304 where the visitor has the page with this tag. */
	private static ResponseEntity<byte[]> publicly(ArchivePage page) {
		return answer(ResponseEntity.ok().eTag(page.tag()).cacheControl(CacheControl.maxAge(FRESH).cachePublic()),
				page);
	}

	/** What another visitor, or the same one later, may not get or gets otherwise. */
	private static ResponseEntity<byte[]> unkept(HttpStatus status, ArchivePage page) {
		return answer(ResponseEntity.status(status).cacheControl(CacheControl.noStore()), page);
	}

	private static ResponseEntity<byte[]> answer(ResponseEntity.BodyBuilder answer, ArchivePage page) {
		return answer.contentType(HTML)
			.header("Content-Security-Policy", POLICY.formatted(page.styles()))
			.body(page.html().getBytes(StandardCharsets.UTF_8));
	}

	private static ResponseEntity<byte[]> busy() {
		return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
			.header(HttpHeaders.RETRY_AFTER, Long.toString(COME_AGAIN.toSeconds()))
			.contentType(MediaType.TEXT_PLAIN)
			.body("Too many ask at this moment. Try again in a few seconds.\n".getBytes(StandardCharsets.US_ASCII));
	}

}
