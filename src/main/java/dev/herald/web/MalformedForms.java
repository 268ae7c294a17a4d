package dev.herald.web;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;

/**
 * A multipart form that can't be read is the client's fault, which Spring answers with
 * 500 and a stack trace in the log. Too large a file has an answer of its own.
 */
@ControllerAdvice
class MalformedForms {

	@ExceptionHandler(MultipartException.class)
	@ResponseStatus(HttpStatus.BAD_REQUEST)
	void unreadable(MultipartException ex) {
		if (ex instanceof MaxUploadSizeExceededException tooLarge) {
			throw tooLarge;
		}
	}

}
