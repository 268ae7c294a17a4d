package dev.herald.signup;

import java.util.Locale;
import java.util.regex.Pattern;

import dev.herald.address.EmailAddress;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import dev.herald.subscriber.Profile;

/**
 * What was typed into a form, checked.
 *
 * @param name may be empty; at most 200 characters on one line
 * @param language of the page
 * @param form which of the newsletter's forms it was, by the name that its page gave it
 * @param agreement the version of the text that was agreed to
 * @param clientAddress of the connection
 */
public record SignUpRequest(EmailAddress address, String name, Locale language, String form, String agreement,
		String clientAddress) {

	/** The form on Herald's own page. */
	public static final String PAGE = "page";

	private static final Pattern FORM = Pattern.compile("[\\p{L}\\p{N} ._/-]{1,100}");

	/**
	 * @throws Problem (usage) where the name is too long or has control characters
	 */
	public SignUpRequest {
		name = name.strip();
		if (name.length() > Profile.MAX_NAME || !Profile.isPrintable(name)) {
			throw Problem.usage(Sentence.of("signup.name", Profile.MAX_NAME));
		}
		form = FORM.matcher(form).matches() ? form : PAGE;
	}

}
