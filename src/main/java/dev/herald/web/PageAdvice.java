package dev.herald.web;

import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.servlet.ModelAndView;

import dev.herald.problem.Problem;

/** Fills the frame of every page, and turns what a person can mend into a plain page. */
@ControllerAdvice
class PageAdvice {

	private static final Logger logger = LoggerFactory.getLogger(PageAdvice.class);

	private final PageModel page;

	private final Words words;

	PageAdvice(PageModel page, Words words) {
		this.page = page;
		this.words = words;
	}

	@ModelAttribute
	void frame(Model model, HttpServletRequest request) {
		this.page.fill(model.asMap(), request);
	}

	@ExceptionHandler
	ModelAndView problem(Problem problem, HttpServletRequest request) {
		boolean reading = "GET".equals(request.getMethod()) || "HEAD".equals(request.getMethod());
		HttpStatus status = switch (problem.kind()) {
			case USAGE -> reading ? HttpStatus.NOT_FOUND : HttpStatus.BAD_REQUEST;
			case WORK -> HttpStatus.CONFLICT;
		};
		String heading = reading && problem.kind() == Problem.Kind.USAGE ? "error.404.heading"
				: "error.problem.heading";
		return plain(request, status, this.words.say(heading), this.words.say(problem));
	}

	ModelAndView plain(HttpServletRequest request, HttpStatus status, String heading, String text) {
		ModelAndView view = new ModelAndView("problem");
		view.setStatus(status);
		try {
			this.page.fill(view.getModel(), request);
		}
		catch (RuntimeException ex) {
			// The database may be what is broken: the page then has no frame, and still
			// says so.
			logger.warn("The frame of the error page can't be filled: {}", ex.toString());
		}
		view.addAllObjects(Map.of("heading", heading, "text", text));
		return view;
	}

}
