package dev.herald.web;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

import dev.herald.tracking.TrackedMails;
import dev.herald.tracking.TrackedMails.Client;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * The links and the pixel of tracked mails. A link leads where its issue says, and
 * nothing in the request can change that.
 */
@Controller
class TrackingController {

	/** One transparent point; the same whatever was asked for. */
	private static final byte[] PIXEL = Base64.getDecoder()
		.decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

	private final TrackedMails mails;

	TrackingController(TrackedMails mails) {
		this.mails = mails;
	}

	@GetMapping(TrackedMails.LINK + "{token}/{code}")
	ResponseEntity<byte[]> follow(@PathVariable String token, @PathVariable String code, HttpServletRequest request) {
		Client client = client(request);
		Optional<String> target = this.mails.follow(token, code, client);
		if (target.isEmpty()) {
			return text(HttpStatus.NOT_FOUND, "There is no such link.\n");
		}
		if (client.isAhead()) {
			// A browser that fetched ahead would go from its own memory, and its reader's
			// step be unseen; after this answer it asks again.
			return text(HttpStatus.SERVICE_UNAVAILABLE, "Ask again when the link is followed.\n");
		}
		return ResponseEntity.status(HttpStatus.FOUND)
			.location(URI.create(target.get()))
			.cacheControl(CacheControl.noStore())
			.build();
	}

	private static ResponseEntity<byte[]> text(HttpStatus status, String words) {
		return ResponseEntity.status(status)
			.cacheControl(CacheControl.noStore())
			.contentType(MediaType.TEXT_PLAIN)
			.body(words.getBytes(StandardCharsets.US_ASCII));
	}

	@GetMapping(TrackedMails.PIXEL + "{token}")
	ResponseEntity<byte[]> open(@PathVariable String token, HttpServletRequest request) {
		this.mails.open(token, client(request));
		return ResponseEntity.ok().cacheControl(CacheControl.noStore()).contentType(MediaType.IMAGE_GIF).body(PIXEL);
	}

	private static Client client(HttpServletRequest request) {
		return new Client(request.getMethod(), request.getRemoteAddr(), field(request, "User-Agent"),
				field(request, "Accept-Language"),
				(field(request, "Sec-Purpose") + " " + field(request, "Purpose") + " " + field(request, "X-Moz"))
					.strip());
	}

	private static String field(HttpServletRequest request, String name) {
		String value = request.getHeader(name);
		return (value != null) ? value : "";
	}

}
