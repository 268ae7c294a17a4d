package dev.herald.check;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.herald.check.Finding.Check;
import dev.herald.newsletter.Font;
import dev.herald.newsletter.Logo;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.Theme;
import dev.herald.picture.PictureSize;
import dev.herald.probe.Answer;
import dev.herald.probe.Answer.Gone;
import dev.herald.probe.Answer.NotAsked;
import dev.herald.probe.Answer.Picture;
import dev.herald.probe.Answer.Present;
import dev.herald.probe.Answer.Unknown;
import dev.herald.probe.Answer.Unreachable;
import dev.herald.probe.Probe;
import dev.herald.probe.Question;
import dev.herald.problem.Sentence;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the answers of the web mean for an issue. */
class OnlineChecksTests extends CheckTest {

	private static final Answer THERE = new Present(null, null);

	private final Map<String, Answer> web = new LinkedHashMap<>();

	private final List<Question> asked = new ArrayList<>();

	private final Probe probe = (questions) -> {
		this.asked.addAll(questions);
		Map<Question, Answer> answers = new LinkedHashMap<>();
		questions
			.forEach((question) -> answers.put(question, this.web.getOrDefault(question.address().toString(), THERE)));
		return answers;
	};

	private List<Finding> online(String text) {
		return check("---\ntitle: What the week brought\n---\n" + text, newsletter("https://example.org/n/7.html", ""),
				this.probe);
	}

	@Test
	void everyAddressIsAskedOnceAsAReaderWouldFollowIt() {
		online("""
				[a](https://e.org/1#x) [b](https://e.org/1) [c](up.html) [d](#here) [e](mailto:a@e.org) [f]()
				![g](//e.org/g.png) <img src="h.png" alt="h"> <a href="http://e.org/2">i</a>
				""");
		assertThat(this.asked).containsExactly(new Question(URI.create("https://e.org/g.png"), true),
				new Question(URI.create("https://example.org/n/h.png"), true),
				new Question(URI.create("https://e.org/1"), false),
				new Question(URI.create("https://example.org/n/up.html"), false),
				new Question(URI.create("http://e.org/2"), false));
	}

	@Test
	void theLogoIsAskedAsAPictureOfTheMail() {
		Newsletter plain = newsletter(null, "");
		Theme theme = new Theme(Theme.DEFAULT.light(), Theme.DEFAULT.dark(), Font.SANS,
				Logo.of("https://e.org/logo.png", "120x40"), 600, false);
		Newsletter branded = new Newsletter(1, "weekly", "Weekly", plain.sender(), null, Locale.ENGLISH, null, "",
				theme, true, false);
		this.web.put("https://e.org/logo.png", new Gone(404));
		List<Finding> findings = check("Text and ![a](https://e.org/a.png) and ![b](https://e.org/logo.png)\n", branded,
				this.probe);
		assertThat(this.asked).containsExactly(new Question(URI.create("https://e.org/logo.png"), true),
				new Question(URI.create("https://e.org/a.png"), true));
		assertThat(found(Check.DEAD_PICTURE, findings))
			.containsExactly("warning 0 The logo does not answer: 404 (also line 1).");
		assertThat(findings).extracting((finding) -> finding.mend().toString())
			.contains("Open it in a browser; write the right address into the newsletter's settings.");
	}

	@Test
	void whatIsGoneOrUnreachableDoesNotAnswer() {
		this.web.put("https://e.org/1", new Gone(404));
		this.web.put("https://e.org/2", new Unreachable(Sentence.of("probe.certificate")));
		assertThat(found(Check.DEAD_LINK,
				online("[a](https://e.org/1)\n[b](https://e.org/2)\n[c](https://e.org/3)\n[d](https://e.org/1)")))
			.containsExactly("warning 4 The link “a” does not answer: 404 (also line 7).",
					"warning 5 The link “b” does not answer: its certificate is not valid.");
	}

	@Test
	void whatTurnsProgramsAwayIsNotCalledDead() {
		this.web.put("https://e.org/1", new Unknown(Sentence.of("probe.says", "403")));
		List<Finding> findings = online("[a](https://e.org/1)");
		assertThat(found(Check.UNVERIFIED, findings))
			.containsExactly("warning 4 The link “a” could not be verified: it says 403.");
		assertThat(found(Check.DEAD_LINK, findings)).isEmpty();
	}

	@Test
	void whatWasNotAskedIsCounted() {
		this.web.put("https://e.org/1", new NotAsked(Sentence.of("probe.late", 120)));
		this.web.put("https://e.org/2", new NotAsked(Sentence.of("probe.late", 120)));
		this.web.put("http://router/", new NotAsked(Sentence.of("probe.not-public", "router")));
		assertThat(found(Check.NOT_ASKED,
				online("[a](https://e.org/1)\n[b](https://e.org/2)\n\n[c](http://router/) [d](https://e.org/3)")))
			.containsExactly("warning 4 2 addresses were not asked: the time of 120 s was over (also line 5).",
					"warning 7 The link “c” was not asked: router is not on the public internet.");
	}

	@Test
	void onlyAMoveThatAnEditorCanUseIsSaid() {
		this.web.put("https://e.org/old", new Present(URI.create("https://e.org/new"), null));
		this.web.put("https://e.org/2009/story", new Present(URI.create("https://e.org/"), null));
		this.web.put("https://e.org/slash", new Present(URI.create("https://www.e.org/slash/"), null));
		List<Finding> findings = online(
				"[a](https://e.org/old)\n[b](https://e.org/2009/story)\n[c](https://e.org/slash)\n");
		assertThat(found(Check.MOVED_LINK, findings)).containsExactly("warning 4 The link “a” has moved for good.",
				"warning 5 The link “b” leads to the front page of e.org.");
		assertThat(findings).extracting((finding) -> finding.mend().toString()).contains("Write https://e.org/new.");
	}

	@Test
	void anHttpLinkIsToldWhatTheSiteHas() {
		this.web.put("http://e.org/a", new Present(URI.create("https://e.org/a"), null));
		List<Finding> findings = online("[a](http://e.org/a)\n");
		assertThat(findings).filteredOn((finding) -> finding.check() == Check.HTTP_LINK)
			.extracting((finding) -> finding.mend().toString())
			.containsExactly("Write https://e.org/a: the site leads there.");
		assertThat(found(Check.MOVED_LINK, findings)).isEmpty();
	}

	@Test
	void thePictureItselfSaysItsSize() {
		this.web.put("https://e.org/a.png",
				new Present(null, new Picture("image/png", 9_000, new PictureSize(1_200, 801))));
		this.web.put("https://e.org/b.png",
				new Present(null, new Picture("image/png", 9_000, new PictureSize(88, 31))));
		assertThat(online("![a](https://e.org/a.png) ![b](https://e.org/b.png)"))
			.filteredOn((finding) -> finding.check() == Check.PICTURE_SIZE)
			.extracting((finding) -> finding.mend().toString())
			.containsExactly(
					"It has 1200 by 801 pixels. Write width=\"600\" height=\"401\" into its <img>, or {: width=\"600\" height=\"401\"} behind ![…](…).",
					"It has 88 by 31 pixels. Write width=\"88\" height=\"31\" into its <img>, or {: width=\"88\" height=\"31\"} behind ![…](…).");
	}

	@Test
	void theSizeThatIsToBeWrittenBehindAPictureIsRead() {
		assertThat(found(Check.PICTURE_SIZE,
				online("A ![a](https://e.org/a.png){: width=\"600\" height=\"401\"} picture.")))
			.isEmpty();
	}

	@Test
	void aPictureThatIsNoneOrHeavyIsSaid() {
		this.web.put("https://e.org/a", new Present(null, new Picture("text/html", 9_000, null)));
		this.web.put("https://e.org/b", new Present(null, new Picture("image/png", 3_456_789, new PictureSize(9, 9))));
		this.web.put("https://e.org/c", new Gone(410));
		List<Finding> findings = online("![a](https://e.org/a)\n![b](https://e.org/b)\n![c](https://e.org/c)");
		assertThat(found(Check.DEAD_PICTURE, findings)).containsExactly(
				"warning 4 The picture https://e.org/a is none: it is text/html.",
				"warning 6 The picture https://e.org/c does not answer: 410.");
		assertThat(found(Check.HEAVY_PICTURE, findings))
			.containsExactly("warning 5 The picture https://e.org/b has 3.5 MB.");
	}

	@Test
	void whereNothingAnswersTheNetworkIsSuspectedAndNotTheIssue() {
		this.web.put("https://e.org/1", new Unreachable(Sentence.of("probe.no-host", "e.org")));
		this.web.put("https://f.org/2", new Unreachable(Sentence.of("probe.no-host", "f.org")));
		this.web.put("https://g.org/3", new Unreachable(Sentence.of("probe.no-host", "g.org")));
		List<Finding> findings = online("[a](https://e.org/1) [b](https://f.org/2) [c](https://g.org/3)");
		assertThat(found(Check.NOT_ASKED, findings)).containsExactly("warning 0 None of 3 addresses answers.");
		assertThat(found(Check.DEAD_LINK, findings)).isEmpty();
	}

}
