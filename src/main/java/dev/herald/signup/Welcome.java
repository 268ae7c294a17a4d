package dev.herald.signup;

/** What somebody gets who has just confirmed; stored by name. */
public enum Welcome {

	NONE, LETTER,

	/** The letter, and behind it the latest issue that was sent. */
	ISSUE

}
