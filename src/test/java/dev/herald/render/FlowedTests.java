package dev.herald.render;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Pattern;

import dev.herald.issue.IssueReader;
import dev.herald.render.FlowedReader.Paragraph;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What the text part becomes in a program that knows format=flowed, and in others. */
class FlowedTests {

	private static final String ENGLISH = "These are the words of a paragraph that is longer than one line of a mail, and goes on.";

	private static final String CHINESE = "这是一个段落，它比一行邮件更长，所以必须在某个地方换行，而且 Latin 字母两边的空格，既不能丢失，也不能增加。";

	private static final Pattern NUMBER = Pattern.compile("\\[\\d+\\]|[⁰¹²³⁴⁵⁶⁷⁸⁹]+");

	private static String body(String markdown, String language) {
		LinkTargets targets = new LinkTargets(null);
		String issue = "---\ntitle: T\n---\n" + markdown;
		IssueDocument document = IssueDocument.of(IssueReader.read("a.md", issue.getBytes(StandardCharsets.UTF_8)),
				targets);
		return TextBody.render(document, targets, Locale.forLanguageTag(language));
	}

	/** What is left of a line that goes on. */
	static String joined(String line) {
		return line.endsWith(" ") ? line.substring(0, line.length() - 1) : line;
	}

	private static List<Paragraph> read(String markdown) {
		return FlowedReader.read(body(markdown, "zh"));
	}

	@Test
	void aParagraphIsOneLineAgainAndChineseGetsNoSpace() {
		assertThat(body(ENGLISH + "\n\n" + CHINESE, "zh")).isEqualTo("""
				These are the words of a paragraph that is longer than one line of a\\040\\040
				mail, and goes on.

				这是一个段落，它比一行邮件更长，所以必须在某个地方换行，而且 Latin 字母\\040
				两边的空格，既不能丢失，也不能增加。""".replace("\\040", " "));
		assertThat(read(ENGLISH + "\n\n" + CHINESE)).containsExactly(new Paragraph(0, ENGLISH), new Paragraph(0, ""),
				new Paragraph(0, CHINESE));
	}

	@Test
	void aQuoteFlowsWithItsMarksAndAQuoteInItIsDeeper() {
		assertThat(read("> " + ENGLISH + "\n>\n> > " + CHINESE + "\n\n" + ENGLISH)).containsExactly(
				new Paragraph(1, ENGLISH), new Paragraph(1, ""), new Paragraph(2, CHINESE), new Paragraph(0, ""),
				new Paragraph(0, ENGLISH));
	}

	@Test
	void whatIsAlignedKeepsItsLines() {
		assertThat(read("""
				- one two three four five six seven eight nine ten eleven twelve thirteen
				  - inner

				| n |    |
				|--:|----|
				| 1 | ab |
				|20 | c  |

				    if (a) {
				        b
				    }
				""")).extracting(Paragraph::text).containsExactly("""
				- one two three four five six seven eight nine ten eleven twelve
				  thirteen
				  - inner

				 n
				--  --
				 1  ab
				20  c

				    if (a) {
				        b
				    }""".split("\n", -1));
	}

	/** Whoever knows nothing of flowed text must see them in one column, too. */
	@Test
	void everyLineOfAListIsStuffed() {
		assertThat(body("- a\n- b\n  c\n\n1. d", "en")).isEqualTo(" - a\n - b c\n\n 1. d");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\\> no quote", "From here", "From", "\\- no list", "--" })
	void noLineIsTakenForSomethingElse(String line) {
		assertThat(read(line)).containsExactly(new Paragraph(0, line.replace("\\", "")));
	}

	@Test
	void twoHyphensAtALinesEndAreNoSignature() {
		String url = "https://e.example/" + "a".repeat(70);
		assertThat(body("\\-- " + url, "en")).isEqualTo("--\n" + url);
	}

	@Test
	void aLineWithinAParagraphIsStuffedByItself() {
		String words = "word ".repeat(14) + "a ";
		assertThat(body(words + "\\>x and From " + words, "en")).contains(" \n >x and From word ");
		assertThat(read(words + "\\>x and From " + words))
			.containsExactly(new Paragraph(0, words + ">x and From " + words.strip()));
	}

	@Test
	void theFooterIsBehindASignatureLine() {
		List<Paragraph> mail = FlowedReader.read(SampleMails.compile(ENGLISH).text(SampleMails.ANN));
		assertThat(mail).contains(new Paragraph(0, ENGLISH), new Paragraph(0, "-- "),
				new Paragraph(0, "Unsubscribe: https://news.example.org/u/7-11?a=1&b=2"));
	}

	/** White space at a line's end has to survive the transfer encoding. */
	@ParameterizedTest
	@CsvSource({ "en,quoted-printable", "zh-CN,base64" })
	void theMailCarriesTheVeryText(String language, String encoding) throws MessagingException, IOException {
		CompiledIssue issue = SampleMails.compile((language.equals("en") ? ENGLISH : CHINESE).repeat(20),
				SampleMails.newsletter(language, null));
		MimeMessage message = new MimeMessage(Session.getInstance(new Properties()),
				new ByteArrayInputStream(issue.message(SampleMails.ANN).content()));
		MimeBodyPart part = (MimeBodyPart) ((MimeMultipart) message.getContent()).getBodyPart(0);
		ContentType type = new ContentType(part.getContentType());
		assertThat(type.getBaseType()).isEqualTo("text/plain");
		assertThat(type.getParameter("format")).isEqualTo("flowed");
		assertThat(type.getParameter("delsp")).isEqualTo("yes");
		assertThat(type.getParameter("charset")).isEqualTo("UTF-8");
		assertThat(part.getEncoding()).isEqualTo(encoding);
		assertThat(((String) part.getContent()).replace("\r\n", "\n")).isEqualTo(issue.text(SampleMails.ANN))
			.contains(" \n");
	}

	@Test
	void theParagraphsOfRealNewslettersAreWholeAgain() throws IOException {
		int flowing = 0;
		for (Path file : RealIssuesTests.issues()) {
			LinkTargets targets = new LinkTargets(null);
			IssueDocument document = IssueDocument.of(IssueReader.read(file.toString(), Files.readAllBytes(file)),
					targets);
			for (String language : List.of("en", "zh")) {
				String text = TextBody.render(document, targets, Locale.forLanguageTag(language));
				List<String> read = FlowedReader.read(text).stream().map((one) -> plain(one.text())).toList();
				List<String> paragraphs = paragraphs(document, targets);
				assertThat(read).as(file.toString()).containsAll(paragraphs);
				flowing += paragraphs.size();
			}
		}
		System.out.println("Flowing lines of paragraphs read back: " + flowing);
		assertThat(flowing).isGreaterThan(1000);
	}

	/**
	 * Of the issue itself and of quotes, each with its lines as hard breaks part them.
	 */
	private static List<String> paragraphs(IssueDocument document, LinkTargets targets) {
		List<String> paragraphs = new ArrayList<>();
		document.root().accept(new AbstractVisitor() {
			@Override
			public void visit(org.commonmark.node.Paragraph paragraph) {
				if (isFlowing(paragraph)) {
					TextInlines.render(paragraph, targets, new LinkNumbers())
						.strip()
						.lines()
						.forEach((line) -> paragraphs.add(plain(line.strip())));
				}
			}
		});
		return paragraphs;
	}

	private static boolean isFlowing(Node paragraph) {
		Node node = paragraph.getParent();
		while (node instanceof BlockQuote) {
			node = node.getParent();
		}
		return node.getParent() == null && !(node instanceof ListBlock);
	}

	private static String plain(String line) {
		return NUMBER.matcher(line).replaceAll("n");
	}

}
