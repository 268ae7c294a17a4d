package dev.herald.signup;

import java.util.Locale;
import java.util.regex.Pattern;

import dev.herald.newsletter.Newsletter;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;

/**
 * What an editor decides on sign-ups for a newsletter. Immutable, checked.
 *
 * @param offered whether there is a form; defaults to false
 * @param agreement what readers agree to, at most 2,000 characters; empty: Herald's own
 * words in their language
 */
public record SignUpForm(boolean offered, String agreement, Welcome welcome) {

	private static final int MAX_AGREEMENT = 2000;

	private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}&&[^\n]]");

	/** Behind the pattern, which it needs. */
	static final SignUpForm DEFAULT = new SignUpForm(false, "", Welcome.NONE);

	/**
	 * @throws Problem (usage) where the agreement is too long or has control characters
	 */
	public SignUpForm {
		agreement = agreement.strip().replaceAll("\\R", "\n");
		if (agreement.length() > MAX_AGREEMENT || CONTROL.matcher(agreement).find()) {
			throw Problem.usage(Sentence.of("signup.agreement.long", MAX_AGREEMENT));
		}
	}

	/** What a reader of this language agrees to. */
	public String agreement(Newsletter newsletter, Locale language) {
		return this.agreement.isEmpty() ? usualAgreement(newsletter, language) : this.agreement;
	}

	/** Herald's own words. */
	public static String usualAgreement(Newsletter newsletter, Locale language) {
		return Sentence.of("signup.agreement", newsletter.name()).in(language);
	}

}
