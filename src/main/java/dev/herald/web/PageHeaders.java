package dev.herald.web;

import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.web.header.HeaderWriter;

/**
 * What a browser may do with what we send: with a page, only what comes from here; with a
 * mail in its frame, show its styles and pictures and run nothing.
 */
final class PageHeaders implements HeaderWriter {

	static final String FRAME = "/frame";

	/** Not all that ends so: a newsletter or an issue may be named frame. */
	private static final Pattern FRAMES = Pattern.compile(
			"(?:/newsletters/[^/]+/(?:issues/[^/]+(?:/web|/edit|/report/clicks|/sends/\\d+)?|settings)|/mailbox/[^/]+)"
					+ FRAME);

	private static final String PAGE_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
			+ "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

	/** Links open in a tab of their own, which is no longer in the sandbox. */
	private static final String MAIL_POLICY = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
			+ "style-src 'unsafe-inline'; img-src https: http: data:; frame-ancestors 'self'";

	static boolean isFrame(HttpServletRequest request) {
		return FRAMES.matcher(request.getServletPath()).matches();
	}

	@Override
	public void writeHeaders(HttpServletRequest request, HttpServletResponse response) {
		boolean mail = isFrame(request);
		response.setHeader("Content-Security-Policy", mail ? MAIL_POLICY : PAGE_POLICY);
		response.setHeader("X-Frame-Options", mail ? "SAMEORIGIN" : "DENY");
		// A mail's pictures must not learn the address of this installation.
		response.setHeader("Referrer-Policy", mail ? "no-referrer" : "same-origin");
		response.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
		response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
	}

}
