package dev.herald.web;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses a body that is too large before anything reads it. The check of the form token
 * would read it whole, whoever sent it, and take a file over the container's limit for a
 * missing token.
 */
final class UploadLimits extends OncePerRequestFilter {

	/** The attribute in which the error page finds what to say. */
	static final String EXPLANATION = UploadLimits.class.getName();

	static final DataSize MARKDOWN = DataSize.ofMegabytes(2);

	static final DataSize CSV = DataSize.ofMegabytes(50);

	/** The other fields of the form and the boundaries between. */
	private static final DataSize ENVELOPE = DataSize.ofKilobytes(16);

	private static final DataSize PLAIN_FORM = DataSize.ofKilobytes(64);

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		long length = request.getContentLengthLong();
		if (length < 0 && request.getHeader("Transfer-Encoding") != null) {
			response.sendError(HttpStatus.LENGTH_REQUIRED.value());
			return;
		}
		DataSize limit = limit(request);
		if (length > limit.toBytes() + ENVELOPE.toBytes()) {
			request.setAttribute(EXPLANATION, limit);
			response.sendError(HttpStatus.CONTENT_TOO_LARGE.value());
			return;
		}
		chain.doFilter(request, response);
	}

	private static DataSize limit(HttpServletRequest request) {
		String contentType = request.getContentType();
		if (contentType == null || !contentType.startsWith("multipart/")) {
			return PLAIN_FORM;
		}
		return request.getRequestURI().endsWith("/subscribers/imports") ? CSV : MARKDOWN;
	}

}
