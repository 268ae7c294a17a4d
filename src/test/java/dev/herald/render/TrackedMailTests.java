package dev.herald.render;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.herald.issue.IssueReader;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.TrackingMode;
import dev.herald.settings.OperatorFiles;
import dev.herald.tracking.IssueLinks;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What each way of tracking writes into a mail. */
class TrackedMailTests {

	private static final String KETTLES = "https://example.org/kettles?a=1&b=2";

	private static final String ISSUE = """
			# Kettles

			Read [about kettles](https://example.org/kettles?a=1&b=2), [again](https://example.org/kettles?a=1&b=2),
			[steam](http://example.net/steam#top), [write](mailto:ann@example.org) or see the note[^1].

			## Second

			<a href="HTTPS://EXAMPLE.org/raw">Raw</a>

			[^1]: A note with [a link](https://example.org/note).
			""";

	private static final Recipient ANN = SampleMails.ANN.consenting();

	private static final Recipient BO = SampleMails.BO;

	private static Newsletter newsletter(TrackingMode mode) {
		Newsletter plain = SampleMails.newsletter("en", "https://news.example.org/");
		return plain.with(plain.settings().withTracking(mode));
	}

	private static CompiledIssue compile(TrackingMode mode) {
		return SampleMails.compile(ISSUE, newsletter(mode));
	}

	private static ParsedMail mail(CompiledIssue issue, Recipient recipient) {
		return ParsedMail.of(issue.message(recipient));
	}

	private static List<String> links(String html) {
		return Jsoup.parse(html).select("a[href]").eachAttr("href");
	}

	private static String link(String token, String target) {
		return "https://news.example.org/r/" + token + "/" + IssueLinks.code(target);
	}

	@Test
	void withoutTrackingAMailIsItsIssue() {
		String html = mail(compile(TrackingMode.NONE), ANN).html();
		assertThat(links(html)).contains(KETTLES, "http://example.net/steam#top");
		assertThat(html).doesNotContain("/r/", "/o/");
		assertThat(compile(TrackingMode.NONE).trackedLinks()).isEmpty();
	}

	@Test
	void totalsWriteTheSameIntoAllMails() {
		CompiledIssue issue = compile(TrackingMode.TOTALS);
		assertThat(issue.trackedLinks()).containsExactly(KETTLES, "http://example.net/steam#top",
				"https://EXAMPLE.org/raw", "https://example.org/note");
		for (Recipient recipient : List.of(BO, SampleMails.ANN)) {
			String html = mail(issue, recipient).html();
			assertThat(links(html))
				.contains(link("t7-0", KETTLES), link("t7-0", "http://example.net/steam#top"), "mailto:ann@example.org",
						"https://news.example.org/u/7-%d?a=1&b=2".formatted(recipient.delivery().subscriberId()))
				.doesNotContain(KETTLES)
				.noneMatch((link) -> link.contains("/r/") && !link.contains("t7-0"));
			assertThat(pixel(html)).isEqualTo("https://news.example.org/o/t7-0");
		}
		assertThat(issue.tracksPersons()).isFalse();
	}

	/** What a Location field can't hold would be an error page. */
	@Test
	void anAddressThatBrowsersMendIsMendedBeforeItIsLedTo() {
		CompiledIssue issue = SampleMails.compile(
				"# Kettles\n\n<a href=\"https://example.org/a|b?x=%zz\">raw</a> [steam](https://example.org/ok)\n",
				newsletter(TrackingMode.TOTALS));
		assertThat(issue.trackedLinks()).containsExactly("https://example.org/a%7Cb?x=%25zz", "https://example.org/ok");
	}

	private static String pixel(String html) {
		return Jsoup.parse(html).select("img[src*=/o/]").attr("src");
	}

	@Test
	void whoConsentedHasLinksOfTheirOwnAndAllOthersTheIssues() {
		CompiledIssue issue = compile(TrackingMode.PERSONS);
		assertThat(issue.tracksPersons()).isTrue();
		String anns = mail(issue, ANN).html();
		assertThat(links(anns)).contains(link("t7-11", KETTLES)).doesNotContain(KETTLES);
		assertThat(pixel(anns)).isEqualTo("https://news.example.org/o/t7-11");
		String bos = mail(issue, BO).html();
		assertThat(bos).isEqualTo(mail(compile(TrackingMode.NONE), BO).html()).doesNotContain("/r/", "/o/");
	}

	@Test
	void theTextOfAMailThePreviewAndATestAreNeverTracked() {
		for (TrackingMode mode : TrackingMode.values()) {
			CompiledIssue issue = compile(mode);
			assertThat(mail(issue, ANN).text()).isEqualTo(mail(compile(TrackingMode.NONE), ANN).text())
				.contains(KETTLES);
			assertThat(issue.html(ANN)).isEqualTo(compile(TrackingMode.NONE).html(ANN));
			CompiledIssue test = SampleMails.compiler(new OperatorFiles(Path.of("")))
				.compileTest(IssueReader.read("a.md", ISSUE.getBytes(StandardCharsets.UTF_8)), newsletter(mode));
			assertThat(mail(test, ANN).html()).doesNotContain("/r/", "/o/");
		}
	}

	@Test
	void theLinkThatNobodySeesHasNoTextAndIsPassedOver() {
		Document page = Jsoup.parse(mail(compile(TrackingMode.TOTALS), BO).html());
		assertThat(page.select("a[href$=/0]")).hasSize(1).allSatisfy((trap) -> {
			assertThat(trap.text()).isEmpty();
			assertThat(trap.attr("aria-hidden")).isEqualTo("true");
			assertThat(trap.attr("tabindex")).isEqualTo("-1");
			assertThat(trap.attr("style")).contains("display:none");
		});
	}

	@Test
	void whatWasApprovedIsAlsoHowItTracks() {
		assertThat(Stream.of(TrackingMode.values()).map((mode) -> compile(mode).fingerprint()).distinct()).hasSize(3);
		assertThat(compile(TrackingMode.PERSONS).fingerprint()).isEqualTo(compile(TrackingMode.PERSONS).fingerprint());
	}

	@Test
	void mailsOfAllKindsOfReadersAreThoseOfAFullRendering() {
		CompiledIssue issue = compile(TrackingMode.PERSONS);
		for (Recipient recipient : SampleMails.nasty()) {
			String own = mail(issue, recipient.consenting()).html();
			String token = "t7-" + recipient.delivery().subscriberId();
			assertThat(own.replace("/r/" + token + "/", "/r/X/").replace("/o/" + token, "/o/X"))
				.as("links and pixel are the slots: %s", recipient)
				.contains("/r/X/", "/o/X")
				.doesNotContain("slot", "/r/mark", "/o/mark");
		}
	}

}
