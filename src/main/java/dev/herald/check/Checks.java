package dev.herald.check;

/** The checks of one theme. Stateless. */
sealed interface Checks permits FooterChecks, SizeChecks, SubjectChecks, LeftoverChecks, LinkChecks, PictureChecks,
		PictureHostChecks, ReadingChecks, HeadingChecks, ContrastChecks, FilterWordChecks, OnlineChecks {

	void check(CheckedIssue issue, Findings findings);

}
