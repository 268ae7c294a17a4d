package dev.herald.web;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;
import org.springframework.security.web.savedrequest.SimpleSavedRequest;
import org.springframework.web.util.WebUtils;

import dev.herald.settings.Installation;

/**
 * Where one is taken after signing in: the page that was asked for, in a cookie, so that
 * whoever looks for pages without an account leaves no session behind. Always a path of
 * this installation, whoever wrote the cookie. Thread-safe.
 */
final class WantedPage implements RequestCache {

	private static final Duration KEPT = Duration.ofMinutes(30);

	private static final int MAX_LENGTH = 1000;

	private final String name;

	private final Installation installation;

	WantedPage(Installation installation) {
		this.name = SessionStore.cookieName(installation, "herald-wanted");
		this.installation = installation;
	}

	@Override
	public void saveRequest(HttpServletRequest request, HttpServletResponse response) {
		String query = request.getQueryString();
		String path = request.getRequestURI() + ((query != null) ? "?" + query : "");
		boolean page = "GET".equals(request.getMethod()) && request.getHeader("HX-Request") == null
				&& request.getAttribute(Access.UNNAMED) == null && !PageHeaders.isFrame(request);
		if (page && isLocal(path)) {
			write(request, response, URLEncoder.encode(path, StandardCharsets.UTF_8), KEPT);
		}
	}

	/** Taken once. */
	String take(HttpServletRequest request, HttpServletResponse response) {
		String path = find(request).orElse("/");
		removeRequest(request, response);
		return path;
	}

	private Optional<String> find(HttpServletRequest request) {
		Cookie cookie = WebUtils.getCookie(request, this.name);
		try {
			return Optional.ofNullable(cookie)
				.map((found) -> URLDecoder.decode(found.getValue(), StandardCharsets.UTF_8))
				.filter(WantedPage::isLocal);
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	/** Browsers take "//host" and "/\host" for another host. */
	private static boolean isLocal(String path) {
		return path.matches("/(?![/\\\\])[^\\p{Cc}\\\\]*") && path.length() <= MAX_LENGTH;
	}

	@Override
	public @Nullable SavedRequest getRequest(HttpServletRequest request, HttpServletResponse response) {
		return find(request).map(SimpleSavedRequest::new).orElse(null);
	}

	@Override
	public @Nullable HttpServletRequest getMatchingRequest(HttpServletRequest request, HttpServletResponse response) {
		return null;
	}

	@Override
	public void removeRequest(HttpServletRequest request, HttpServletResponse response) {
		if (WebUtils.getCookie(request, this.name) != null) {
			write(request, response, "", Duration.ZERO);
		}
	}

	private void write(HttpServletRequest request, HttpServletResponse response, String value, Duration age) {
		response.addHeader(HttpHeaders.SET_COOKIE,
				ResponseCookie.from(this.name, value)
					.path("/")
					.maxAge(age)
					.httpOnly(true)
					.secure(SessionStore.isSecure(this.installation, request))
					.sameSite("Lax")
					.build()
					.toString());
	}

}
