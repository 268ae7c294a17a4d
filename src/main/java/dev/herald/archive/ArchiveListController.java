package dev.herald.archive;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

import dev.herald.archive.PublishedIssues.Published;
import dev.herald.newsletter.Newsletter;
import dev.herald.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.util.DigestUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** What leads to the issues on the web: lists, a search, feeds and the sitemap. */
@Controller
class ArchiveListController {

	private static final MediaType ATOM = new MediaType("application", "atom+xml", StandardCharsets.UTF_8);

	private static final MediaType JSON_FEED = new MediaType("application", "feed+json");

	private static final MediaType XML = new MediaType("application", "xml", StandardCharsets.UTF_8);

	private static final Logger logger = LoggerFactory.getLogger(ArchiveListController.class);

	private final PublishedIssues published;

	private final ArchiveLists lists;

	private final ArchiveFeeds feeds;

	private final Sitemap sitemap;

	private final ArchivePages pages;

	ArchiveListController(PublishedIssues published, ArchiveLists lists, ArchiveFeeds feeds, Sitemap sitemap,
			ArchivePages pages) {
		this.published = published;
		this.lists = lists;
		this.feeds = feeds;
		this.sitemap = sitemap;
		this.pages = pages;
	}

	@GetMapping("/archive/{newsletter}")
	ResponseEntity<byte[]> list(@PathVariable String newsletter, @RequestParam(defaultValue = "") String q,
			@RequestParam Optional<String> year, @RequestParam(defaultValue = "") String skip,
			HttpServletRequest request) {
		try {
			return this.published.open(newsletter)
				.map((open) -> this.lists
					.page(open, q, year.flatMap(ArchiveListController::number).orElse(null), number(skip).orElse(0))
					.map(ArchiveAnswers::withSearch)
					.orElseGet(ArchiveAnswers::busy))
				.orElseGet(() -> missing(request));
		}
		catch (Problem ex) {
			logger.warn("The archive of {} can't be shown: {}", newsletter, ex.getMessage());
			throw new ResponseStatusException(HttpStatus.INTERNAL_SERVER_ERROR, null, ex);
		}
	}

	private static Optional<Integer> number(String text) {
		return text.matches("\\d{1,6}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
	}

	private ResponseEntity<byte[]> missing(HttpServletRequest request) {
		return ArchiveAnswers.unkept(HttpStatus.NOT_FOUND, this.pages.missing(request.getLocale()));
	}

	@GetMapping("/archive/{newsletter}/feed.atom")
	ResponseEntity<byte[]> atom(@PathVariable String newsletter, HttpServletRequest request) {
		return feed(newsletter, this.feeds::atom, ATOM, request);
	}

	@GetMapping("/archive/{newsletter}/feed.json")
	ResponseEntity<byte[]> json(@PathVariable String newsletter, HttpServletRequest request) {
		return feed(newsletter, this.feeds::json, JSON_FEED, request);
	}

	private ResponseEntity<byte[]> feed(String newsletter, BiFunction<Newsletter, List<Published>, byte[]> feed,
			MediaType type, HttpServletRequest request) {
		return this.published.open(newsletter)
			.map((open) -> file(feed.apply(open, this.published.of(open)), type))
			.orElseGet(() -> missing(request));
	}

	@GetMapping("/sitemap.xml")
	ResponseEntity<byte[]> sitemap(HttpServletRequest request) {
		return this.sitemap.xml().map((xml) -> file(xml, XML)).orElseGet(() -> missing(request));
	}

	@GetMapping("/robots.txt")
	ResponseEntity<byte[]> robots() {
		return file(this.sitemap.robots(), MediaType.TEXT_PLAIN);
	}

	/** The tag tells whether a program has it already; no secret hangs on it. */
	private static ResponseEntity<byte[]> file(byte[] octets, MediaType type) {
		return ResponseEntity.ok()
			.eTag(DigestUtils.md5DigestAsHex(octets))
			.cacheControl(ArchiveAnswers.KEPT)
			.contentType(type)
			.body(octets);
	}

}
