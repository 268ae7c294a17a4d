package dev.herald.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** The pages for what no controller answered: they say what happened and no detail. */
@Controller
class ErrorPages implements ErrorController {

	private final PageAdvice advice;

	private final Words words;

	ErrorPages(PageAdvice advice, Words words) {
		this.advice = advice;
		this.words = words;
	}

	// All methods: the error of a POST is dispatched here as a POST.
	@RequestMapping("/error")
	ModelAndView show(HttpServletRequest request) {
		HttpStatus status = status(request);
		String key = switch (status) {
			case NOT_FOUND, OK -> "error.404";
			case FORBIDDEN -> "error.403";
			case CONTENT_TOO_LARGE -> "error.413";
			default -> status.is5xxServerError() ? "error.500" : "error.400";
		};
		Object detail = (request.getAttribute(UploadLimits.EXPLANATION) instanceof DataSize limit) ? megabytes(limit)
				: "";
		return this.advice.plain(request, (status == HttpStatus.OK) ? HttpStatus.NOT_FOUND : status,
				this.words.say(key + ".heading"), this.words.say(key + ".text", detail));
	}

	private static String megabytes(DataSize limit) {
		return (limit.toMegabytes() > 0) ? limit.toMegabytes() + " MB" : limit.toKilobytes() + " kB";
	}

	private static HttpStatus status(HttpServletRequest request) {
		Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
		HttpStatus status = (code instanceof Integer number) ? HttpStatus.resolve(number) : HttpStatus.OK;
		return (status != null) ? status : HttpStatus.INTERNAL_SERVER_ERROR;
	}

}
