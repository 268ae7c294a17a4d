package dev.herald.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import dev.herald.check.Finding.Check;
import dev.herald.newsletter.Font;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.Palette;
import dev.herald.newsletter.Theme;
import dev.herald.render.CompiledIssue;
import dev.herald.render.DelegatingIssue;
import dev.herald.render.OutgoingMessage;
import dev.herald.render.Recipient;
import dev.herald.render.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Subject, preheader, size, footer and colours of the mail. */
class MailChecksTests extends CheckTest {

	@TempDir
	private Path home;

	@ParameterizedTest
	@ValueSource(strings = { "THE BIG NEWS OF THE WEEK", "News!!", "快看！！", "Cheap $$$ here", "Wow! It works!" })
	void aSubjectThatShoutsIsAWarning(String title) {
		assertThat(foundWith(Check.SUBJECT_SHOUTS, title)).singleElement()
			.asString()
			.isEqualTo("warning 4 The subject “%s” shouts.".formatted(title));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "What the week brought", "NASA and ESA", "JSON, XML and YAML in Java", "Really?", "嵌入式AI双周简报" })
	void anOrdinarySubjectDoesNotShout(String title) {
		assertThat(foundWith(Check.SUBJECT_SHOUTS, title)).isEmpty();
	}

	@Test
	void aLongSubjectIsCutOffByClient() {
		assertThat(check("---\ntitle: " + "Words ".repeat(10) + "\n---\nText"))
			.filteredOn((finding) -> finding.check() == Check.SUBJECT_LENGTH)
			.singleElement()
			.extracting((finding) -> finding.what().toString(), (finding) -> finding.why().toString())
			.containsExactly("The subject is 59 columns wide.",
					"It is cut off in Gmail on Android (about 40), Mail on iPhone (about 45), Yahoo Mail (about 55).");
		assertThat(foundWith(Check.SUBJECT_LENGTH, "x".repeat(40))).isEmpty();
		assertThat(foundWith(Check.SUBJECT_LENGTH, "中".repeat(21)))
			.containsExactly("warning 4 The subject is 42 columns wide.");
	}

	@Test
	void aPreheaderThatIsMissingShortOrTheSubjectIsAWarning() {
		assertThat(found(Check.PREHEADER, check("# Title\n\n## Only a heading\n\n<br>\n")))
			.containsExactly("warning 0 There is no preheader.");
		assertThat(found(Check.PREHEADER, check("---\ntitle: A\npreheader: Short.\n---\nText")))
			.containsExactly("warning 1 The preheader is 6 columns wide.");
		assertThat(found(Check.PREHEADER, check("---\ntitle: The same again\npreheader: The same again\n---\nText")))
			.containsExactly("warning 1 The preheader says what the subject says.");
		assertThat(found(Check.PREHEADER, check(CLEAN))).isEmpty();
	}

	@Test
	void aLongPreheaderIsCutOffByClient() {
		assertThat(check("---\ntitle: A\npreheader: " + "Words ".repeat(17) + "\n---\nText"))
			.filteredOn((finding) -> finding.check() == Check.PREHEADER)
			.extracting((finding) -> finding.why().toString())
			.containsExactly(
					"It is cut off in Outlook for Windows (about 55), Gmail on Android (about 60), Mail on iPhone (about 100).");
	}

	@Test
	void aMailThatGmailClipsNamesItsHeaviestSections() {
		String file = CLEAN + "\n## Small\n\nText\n\n## Large\n\n" + "Sixteen letters. ".repeat(7_000);
		int octets = compile(file).html(Samples.recipient()).getBytes(StandardCharsets.UTF_8).length;
		assertThat(octets).isGreaterThan(102_400);
		assertThat(check(file)).filteredOn((finding) -> finding.check() == Check.SIZE)
			.singleElement()
			.satisfies((finding) -> {
				assertThat(finding.isError()).isFalse();
				assertThat(finding.what().toString()).isEqualTo(
						"The HTML has %,d octets, %,d more than Gmail shows.".formatted(octets, octets - 102_400));
				assertThat(finding.mend().toString())
					.matches(".*: “Large” \\(120,\\d{3}\\), “News” \\(\\d{3}\\), “Small” \\(\\d{3}\\)\\. "
							+ "Or write cut: true into the front matter: the mail keeps “News”, “Small” and links to the rest on the issue's page\\.");
			});
	}

	@Test
	void aMailThatIsCutSaysWhatIsReadOnline() {
		String large = "\n## Large\n\n" + "Sixteen letters. ".repeat(7_000) + "\n\n## Last\n\nText";
		String asked = CLEAN.replace("---\n## News", "cut: true\n---\n## News");
		assertThat(check(asked + large)).filteredOn((finding) -> finding.check() == Check.SIZE)
			.singleElement()
			.satisfies((finding) -> {
				assertThat(finding.isError()).isFalse();
				assertThat(finding.what().toString()).matches(
						"The HTML would have 1\\d\\d,\\d{3} octets, so it ends behind “News” with a link to the rest\\.");
				assertThat(finding.mend().toString()).startsWith("Read only online are: “Large”, “Last”.");
			});
	}

	@Test
	void aCutThatCanNotBeMadeKeepsTheIssueFromBeingSent() {
		String asked = CLEAN.replace("---\n## News", "cut: true\n---\n") + "Sixteen letters. ".repeat(7_000);
		assertThat(check(asked)).filteredOn((finding) -> finding.check() == Check.SIZE)
			.singleElement()
			.satisfies((finding) -> {
				assertThat(finding.isError()).isTrue();
				assertThat(finding.what().toString())
					.endsWith(" and can't be cut: no section ends before Gmail clips.");
			});
		Newsletter unarchived = new Newsletter(1, "weekly", "Weekly", newsletter(null, "").sender(), null,
				Locale.ENGLISH, null, "1 Main St", Theme.DEFAULT, false, false);
		assertThat(found(Check.SIZE, check(asked + "\n\n## Last", unarchived, Path.of("")))).singleElement()
			.asString()
			.startsWith("error 0 The HTML has ")
			.endsWith(" and can't be cut: the newsletter has no archive, so there is no page to link to.");
	}

	@Test
	void aMailThatIsNearlyClippedIsSaidAndASmallOneIsNot() {
		int empty = compile(CLEAN).html(Samples.recipient()).getBytes(StandardCharsets.UTF_8).length;
		assertThat(found(Check.SIZE, check(CLEAN + "x".repeat(102_400 - empty - 500)))).singleElement()
			.asString()
			.endsWith("less than where Gmail clips.");
		assertThat(found(Check.SIZE, check(CLEAN + "x".repeat(102_400 - empty - 2_000)))).isEmpty();
	}

	@Test
	void thePostalAddressHasToBeInBothParts() throws IOException {
		assertThat(found(Check.POSTAL_ADDRESS, check(CLEAN, newsletter(null, ""), Path.of(""))))
			.containsExactly("warning 0 The newsletter has no postal address.");
		template("text.ftl", "${issue.body} ${unsubscribe}");
		assertThat(found(Check.POSTAL_ADDRESS, check(CLEAN, newsletter(null, "1 Main St\nSpringfield"), this.home)))
			.containsExactly("warning 0 The postal address is not in both parts of the mail.");
		assertThat(found(Check.POSTAL_ADDRESS, check(CLEAN, newsletter(null, "1 Main St\nSpringfield"), Path.of(""))))
			.isEmpty();
	}

	@Test
	void aLongPostalAddressMayBreakAnywhereInTheText() {
		assertThat(found(Check.POSTAL_ADDRESS, check(CLEAN, newsletter(null, "上海市浦东新区".repeat(12)), Path.of(""))))
			.isEmpty();
	}

	@Test
	void theLinkToUnsubscribeHasToBeInBothParts() throws IOException {
		template("html.ftlh",
				"<html><body>${issue.body}<p style=\"display: none\"><a href=\"${unsubscribe}\">x</a></p></body></html>");
		assertThat(found(Check.UNSUBSCRIBE, check(CLEAN, newsletter(null, "1 Main St"), this.home)))
			.containsExactly("error 0 The HTML has no link to unsubscribe.");
		assertThat(found(Check.UNSUBSCRIBE, check(CLEAN))).isEmpty();
	}

	@Test
	void aTextWithoutTheLinkAndAHeaderWithoutItAreErrors() {
		CompiledIssue compiled = compile(CLEAN);
		assertThat(found(Check.UNSUBSCRIBE,
				IssueCheck.of(source(CLEAN), newsletter(null, "1 Main St"),
						new Altered(compiled, "Weekly", "X-Other:"))))
			.containsExactly("error 0 The mail has no field List-Unsubscribe.");
		assertThat(found(Check.UNSUBSCRIBE,
				IssueCheck.of(source(CLEAN), newsletter(null, "1 Main St"),
						new Altered(compiled, "nothing", "List-Unsubscribe:"))))
			.containsExactly("error 0 The plain text has no link to unsubscribe.");
	}

	/** A mail with another text, and with another name for its field List-Unsubscribe. */
	private record Altered(CompiledIssue issue, String plain, String field) implements DelegatingIssue {

		@Override
		public OutgoingMessage message(Recipient recipient) {
			OutgoingMessage message = this.issue.message(recipient);
			String header = new String(message.content(), 0, message.bodyOffset(), StandardCharsets.UTF_8)
				.replace("List-Unsubscribe:", this.field);
			byte[] octets = header.getBytes(StandardCharsets.UTF_8);
			return new OutgoingMessage(message.envelopeSender(), message.recipient(), octets, octets.length);
		}

		@Override
		public String text(Recipient recipient) {
			return this.plain;
		}

	}

	@Test
	void theColoursOfATemplateNeedContrast() throws IOException {
		template("html.ftlh", """
				<html><head><style>
				body { background-color: #fff; color: #999999; }
				h1 { color: #8c8c8c; font-size: 26px; font-weight: 700; }
				.foot { color: #f0f0f0; }
				.none { display: none; color: #ffffff; }
				</style></head><body><div class="none">hidden</div><h1>Title</h1>${issue.body}
				<p class="foot">1 Main St <a href="${unsubscribe}">u</a></p></body></html>
				""");
		assertThat(found(Check.CONTRAST, check("Body text", newsletter(null, "1 Main St"), this.home))).containsExactly(
				"warning 0 “Body text” is #999999 on #ffffff, a contrast of 2.8.",
				"error 0 “1 Main St” is #f0f0f0 on #ffffff, a contrast of 1.1.");
	}

	@Test
	void darkModeIsLookedAtWithItsOwnRules() throws IOException {
		template("html.ftlh", """
				<html><head><style>
				body { background-color: #fff; color: #000; }
				p { color: #111; }
				@media (prefers-color-scheme: dark) {
				  body { background-color: #000 !important; color: #fff !important; }
				  .foot p { color: #333 !important; }
				  p { color: #eee !important; }
				}
				</style></head><body>${issue.body}
				<div class="foot"><p>1 Main St <a href="${unsubscribe}">u</a></p></div></body></html>
				""");
		assertThat(found(Check.CONTRAST, check("Body text", newsletter(null, "1 Main St"), this.home)))
			.containsExactly("error 0 “1 Main St” is #333333 on #000000 in dark mode, a contrast of 1.7.");
	}

	@Test
	void anAccentThatIsHardToReadIsFoundByDayAndByNight() {
		Newsletter plain = newsletter(null, "1 Main St");
		Theme pale = new Theme(
				new Palette(Theme.colour("#8fb8ff"), Theme.DEFAULT.light().ink(), Theme.DEFAULT.light().paper()),
				new Palette(Theme.colour("#2a2e33"), Theme.DEFAULT.dark().ink(), Theme.DEFAULT.dark().paper()),
				Font.SANS, null, 600, false);
		Newsletter newsletter = new Newsletter(1, "weekly", "Weekly", plain.sender(), null, plain.language(), null,
				"1 Main St", pale, true, false);
		assertThat(found(Check.CONTRAST, check(CLEAN, newsletter, Path.of("")))).containsExactly(
				"warning 0 “A compiler” is #8fb8ff on #ffffff, a contrast of 2.0.",
				"error 0 “A compiler” is #2a2e33 on #16181b in dark mode, a contrast of 1.3.");
	}

	@Test
	void aColourInTheIssueIsMadeReadableBefore() {
		assertThat(foundIn(Check.CONTRAST, "Text\n\nSee <font color=\"yellow\">this sun</font>.\n")).isEmpty();
	}

	private void template(String name, String content) throws IOException {
		Path file = this.home.resolve("templates/issue").resolve(name);
		Files.createDirectories(file.getParent());
		Files.writeString(file, content);
	}

}
