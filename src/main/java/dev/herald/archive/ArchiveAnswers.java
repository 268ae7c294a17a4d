package dev.herald.archive;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import dev.herald.render.ArchivePage;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Pages of the archive as answers, with what browsers may do with them. Stateless. */
final class ArchiveAnswers {

	/** So long a page that was made private may still be seen. */
	private static final Duration FRESH = Duration.ofMinutes(1);

	static final CacheControl KEPT = CacheControl.maxAge(FRESH).cachePublic();

	/** Runs nothing, and loads nothing but an issue's pictures. */
	private static final String POLICY = "default-src 'none'; style-src %s; img-src https: http: data:; "
			+ "base-uri 'none'; form-action %s; frame-ancestors 'none'";

	private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

	private static final Duration COME_AGAIN = Duration.ofSeconds(10);

	private ArchiveAnswers() {
	}

	/** Spring answers 304 where the visitor has the page with this tag. */
	static ResponseEntity<byte[]> publicly(ArchivePage page) {
		return answer(ResponseEntity.ok().eTag(page.tag()).cacheControl(KEPT), page, "'none'");
	}

	/** A page with a search: the only form in the archive. */
	static ResponseEntity<byte[]> withSearch(ArchivePage page) {
		return answer(ResponseEntity.ok().eTag(page.tag()).cacheControl(KEPT), page, "'self'");
	}

	/** What another visitor, or the same one later, may not get or gets otherwise. */
	static ResponseEntity<byte[]> unkept(HttpStatus status, ArchivePage page) {
		return answer(ResponseEntity.status(status).cacheControl(CacheControl.noStore()), page, "'none'");
	}

	private static ResponseEntity<byte[]> answer(ResponseEntity.BodyBuilder answer, ArchivePage page, String forms) {
		return answer.contentType(HTML)
			.header("Content-Security-Policy", POLICY.formatted(page.styles(), forms))
			.body(page.html().getBytes(StandardCharsets.UTF_8));
	}

	static ResponseEntity<byte[]> busy() {
		return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
			.header(HttpHeaders.RETRY_AFTER, Long.toString(COME_AGAIN.toSeconds()))
			.contentType(MediaType.TEXT_PLAIN)
			.body("Too many ask at this moment. Try again in a few seconds.\n".getBytes(StandardCharsets.US_ASCII));
	}

}
