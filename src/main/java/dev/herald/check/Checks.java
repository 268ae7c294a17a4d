package dev.herald.check;

/** The checks of one theme. Stateless. */
sealed interface Checks permits FooterChecks, SizeChecks, SubjectChecks, LeftoverChecks, LinkChecks, PictureChecks,
		HeadingChecks, ContrastChecks, FilterWordChecks {

	void check(CheckedIssue issue, Findings findings);

}
