package dev.herald.render;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Properties;

import javax.imageio.ImageIO;

import dev.herald.dkim.DkimSigners;
import dev.herald.issue.IssueReader;
import dev.herald.settings.OperatorFiles;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/** Pictures that an issue has in itself, and the sizes of all. */
class PictureTests {

	/** 1 pixel, lossy. */
	private static final String WEBP = "data:image/webp;base64,UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEAAgA0JaQAA3AA/vuUAAA=";

	private static final String WEBP_LOSSLESS = "data:image/webp;base64,UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==";

	static CompiledIssue compile(String markdown, int largest) {
		return new IssueCompiler(new OperatorFiles(Path.of("")), SampleMails.links(), SampleMails.INSTALLATION,
				DkimSigners.none(), new RenderSettings(DataSize.ofBytes(largest), false), SampleMails.CLOCK)
			.compile(IssueReader.read("a.md", markdown.getBytes(StandardCharsets.UTF_8)),
					SampleMails.newsletter("en", null));
	}

	static byte[] picture(String format, int width, int height) {
		try {
			ByteArrayOutputStream out = new ByteArrayOutputStream();
			assertThat(ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, out))
				.isTrue();
			return out.toByteArray();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static String dataAddress(String format, int width, int height) {
		return address("image/" + format, picture(format, width, height));
	}

	private static String address(String type, byte[] octets) {
		return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(octets);
	}

	private static Element shown(String markdown, int largest) {
		Element picture = Jsoup.parse(compile(markdown, largest).html(SampleMails.ANN)).selectFirst(".content img");
		return (picture != null) ? picture : new Element("none");
	}

	@ParameterizedTest
	@ValueSource(strings = { "png", "jpeg", "gif" })
	void aSmallPictureIsAPartOfTheMail(String format) throws MessagingException, IOException {
		byte[] octets = picture(format, 30, 20);
		String address = address("image/" + format, octets);
		CompiledIssue issue = compile("# T\n\n![a cat](" + address + ")\n\nAgain <img src=\"" + address + "\" alt=b>",
				10_000);
		OutgoingMessage message = issue.message(SampleMails.ANN);
		assertThat(MessageTests.isClean(message.content())).isTrue();
		MimeMultipart alternative = (MimeMultipart) new MimeMessage(Session.getInstance(new Properties()),
				new ByteArrayInputStream(message.content()))
			.getContent();
		assertThat(alternative.getCount()).isEqualTo(2);
		assertThat(alternative.getBodyPart(0).isMimeType("text/plain")).isTrue();
		assertThat(alternative.getBodyPart(1).getContentType()).startsWith("multipart/related; type=\"text/html\";");
		MimeMultipart related = (MimeMultipart) alternative.getBodyPart(1).getContent();
		assertThat(related.getCount()).isEqualTo(2);
		assertThat(((String) related.getBodyPart(0).getContent()).replace("\r\n", "\n"))
			.isEqualTo(issue.html(SampleMails.ANN));
		BodyPart part = related.getBodyPart(1);
		assertThat(part.getContentType()).startsWith("image/" + format);
		assertThat(part.getDisposition()).isEqualTo("inline");
		assertThat(part.getInputStream().readAllBytes()).isEqualTo(octets);
		String id = ((MimeBodyPart) part).getContentID();
		assertThat(id).matches("<[0-9a-f]{32}@herald>");
		String cid = "cid:" + id.substring(1, id.length() - 1);
		assertThat(Jsoup.parse(issue.html(SampleMails.ANN)).select("img").eachAttr("src")).containsExactly(cid, cid);
		assertThat(issue.embedded(address)).contains(cid);
		assertThat(issue.warnings()).isEmpty();
	}

	@Test
	void itsSizeIsReadFromItsHeaderWhereTheIssueGivesNone() {
		for (String format : new String[] { "png", "jpeg", "gif" }) {
			Element picture = shown("![a](" + dataAddress(format, 300, 200) + ")", 100_000);
			assertThat(picture.attr("width") + "x" + picture.attr("height")).as(format).isEqualTo("300x200");
		}
		assertThat(shown("![a](" + WEBP + ")", 100).attr("width")).isEqualTo("1");
		assertThat(shown("![a](" + WEBP_LOSSLESS + ")", 100).attr("height")).isEqualTo("1");
		byte[] extended = "RIFF\u0016\0\0\0WEBPVP8X\n\0\0\0\0\0\0\0+\u0001\0\u00c7\0\0"
			.getBytes(StandardCharsets.ISO_8859_1);
		assertThat(shown("![a](" + address("image/webp", extended) + ")", 100).attr("width")).isEqualTo("300");
	}

	@Test
	void aPhotographOnItsSideHasTheSizeThatBrowsersShow() {
		byte[] upright = picture("jpeg", 300, 200);
		byte[] exif = "\u00ff\u00e1\0\042Exif\0\0MM\0*\0\0\0\u0008\0\u0001\u0001\u0012\0\u0003\0\0\0\u0001\0\u0006\0\0\0\0\0\0"
			.getBytes(StandardCharsets.ISO_8859_1);
		byte[] turned = new byte[upright.length + exif.length];
		System.arraycopy(upright, 0, turned, 0, 2);
		System.arraycopy(exif, 0, turned, 2, exif.length);
		System.arraycopy(upright, 2, turned, 2 + exif.length, upright.length - 2);
		Element picture = shown("![a](" + address("image/jpeg", turned) + ")", 100_000);
		assertThat(picture.attr("width") + "x" + picture.attr("height")).isEqualTo("200x300");
	}

	@ParameterizedTest
	@CsvSource({ "'',552x276", "{: width=\"300\"},300x150", "{: height=\"100\"},200x100",
			"{: width=\"50px\" height=\"9\"},50x9", "{: width=\"2000\" height=\"1000\"},552x276",
			"{: width=\"50%\"},50%x", "{: width=\"x\"},552x276" })
	void whatTheIssueSaysOfItsSizeCountsWithinTheColumn(String attributes, String size) {
		Element picture = shown("![a](" + dataAddress("gif", 1000, 500) + ")" + attributes, 100_000);
		assertThat(picture.attr("width") + "x" + picture.attr("height")).isEqualTo(size);
	}

	@ParameterizedTest
	@CsvSource({ "width=1104 height=100,552x50", "width=1104,552x", "height=4000,x4000", "width=100 height=50,100x50",
			"width=-1 height=1e9,x", "width=99999999,x", "'',x" })
	void aPictureOfTheWebFitsTheColumnOfOutlook(String attributes, String size) {
		Element picture = shown("<img src=\"https://e.example/a.png\" alt=\"a\" " + attributes + ">", 0);
		assertThat(picture.attr("width") + "x" + picture.attr("height")).isEqualTo(size);
		assertThat(picture.attr("style")).contains("max-width:100%", "height:auto");
	}

	@Test
	void withoutTheSettingNothingIsEmbedded() {
		CompiledIssue issue = compile("![a](" + dataAddress("png", 3, 2) + ")", 0);
		assertThat(issue.html(SampleMails.ANN)).contains(">a</p>").doesNotContain("<img");
		assertThat(issue.warnings()).hasSize(1);
		assertThat(issue.embedded(dataAddress("png", 3, 2))).isEmpty();
	}

	/** Each is its alternative text, as if nothing were embedded. */
	@ParameterizedTest
	@ValueSource(strings = { "data:image/png;base64,iVBORw0KGgoAAAANSUhEUg", "data:image/png;base64,iVBORw0KGgoA!",
			"data:image/png;base64,", "data:image/png,iVBORw0KGgo", "data:,", "data:", "data:image/png;base64,====",
			"data:image/svg+xml;base64,PHN2Zy8+", "data:image/gif;base64,R0lGODlhAAAAAA0AAAAAAAAA",
			"data:image/jpeg;base64,/9j/4AAQSkZJRgABAQ==", "data:image/jpeg;base64,/9j/////////////",
			"data:image/webp;base64,UklGRiQAAABXRUJQVlA4IA==", "data:text/html;base64,PHNjcmlwdD4=",
			"data:image/png;base64,PHN2Zy8+", "cid:0123456789abcdef0123456789abcdef@herald", "cid:x" })
	void whatIsNoPictureOrLiesAboutItsTypeIsNotEmbedded(String address) {
		CompiledIssue issue = compile("![a](" + address + ") <img src=\"" + address + "\" alt=\"b\">", 100_000);
		assertThat(issue.html(SampleMails.ANN)).contains(">a b</p>").doesNotContain("<img", "cid:", "data:");
		assertThat(issue.warnings()).hasSize(2);
	}

	@Test
	void aPngThatSaysItIsAJpegIsNotEmbedded() {
		assertThat(shown("![a](" + address("image/jpeg", picture("png", 3, 2)) + ")", 100_000).nameIs("none")).isTrue();
		assertThat(shown("![a](" + address("IMAGE/PNG", picture("png", 3, 2)) + ")", 100_000).nameIs("img")).isTrue();
	}

	@Test
	void aPictureHasToBeAsSmallAsTheSettingSays() {
		byte[] octets = picture("png", 30, 20);
		assertThat(shown("![a](" + address("image/png", octets) + ")", octets.length).nameIs("img")).isTrue();
		assertThat(shown("![a](" + address("image/png", octets) + ")", octets.length - 1).nameIs("none")).isTrue();
	}

	@Test
	void allOfOneMailTogetherHaveALimit() {
		StringBuilder markdown = new StringBuilder();
		for (int i = 1; i <= 8; i++) {
			byte[] padded = Arrays.copyOf(picture("gif", i, i), 90_000);
			markdown.append("![p").append(i).append("](").append(address("image/gif", padded)).append(")\n\n");
		}
		CompiledIssue issue = compile(markdown.toString(), 100_000);
		assertThat(Jsoup.parse(issue.html(SampleMails.ANN)).select("img").eachAttr("alt")).containsExactly("p1", "p2",
				"p3", "p4", "p5");
		assertThat(issue.message(SampleMails.ANN).content()).hasSizeLessThan(720_000);
		assertThat(issue.warnings()).hasSize(3);
	}

	@Test
	@Timeout(30)
	void tenMegabytesAreRefusedAtOnce() {
		CompiledIssue issue = compile("![a](data:image/png;base64," + "iVBORw0KGgoA".repeat(120_000) + ")", 100_000);
		assertThat(issue.html(SampleMails.ANN)).contains(">a</p>").hasSizeLessThan(20_000);
		assertThat(EmbeddedPicture.of("data:image/png;base64," + "A".repeat(10_000_000), 100_000)).isEmpty();
	}

	@Test
	void headersOfAnyOctetsAreReadWithinThem() {
		byte[] jpeg = picture("jpeg", 30, 20);
		for (byte[] sound : new byte[][] { picture("png", 30, 20), jpeg, picture("gif", 30, 20) }) {
			for (int length = 0; length < Math.min(sound.length, 700); length++) {
				byte[] cut = Arrays.copyOf(sound, length);
				for (EmbeddedPicture.Kind kind : EmbeddedPicture.Kind.values()) {
					EmbeddedPicture.of(address(kind.type(), cut), 100_000);
				}
			}
		}
		for (int i = 2; i < 300; i++) {
			byte[] changed = jpeg.clone();
			changed[i] = (byte) (i * 31);
			EmbeddedPicture.of(address("image/jpeg", changed), 100_000);
		}
	}

	@Test
	void elsewhereThePictureIsInThePage(@TempDir Path folder) throws IOException {
		String address = dataAddress("png", 30, 20);
		CompiledIssue issue = compile("![a](" + address + ")", 100_000);
		assertThat(issue.page(SampleMails.ANN)).contains("src=\"" + address + "\"").doesNotContain("cid:");
		RenderedFiles.write(issue, SampleMails.ANN, folder);
		assertThat(Files.readString(folder.resolve("issue.html"))).isEqualTo(issue.page(SampleMails.ANN));
	}

	@Test
	void theFingerprintCoversPictures() {
		String one = compile("![a](" + dataAddress("png", 30, 20) + "){: width=\"9\" height=\"9\"}", 100_000)
			.fingerprint();
		String other = compile("![a](" + dataAddress("png", 30, 21) + "){: width=\"9\" height=\"9\"}", 100_000)
			.fingerprint();
		assertThat(one).isNotEqualTo(other)
			.isEqualTo(compile("![a](" + dataAddress("png", 30, 20) + "){: width=\"9\" height=\"9\"}", 100_000)
				.fingerprint());
	}

	@Test
	void allMailsHaveTheSameBeginningAndPictures() {
		CompiledIssue issue = compile("![a](" + dataAddress("png", 30, 20) + ")", 100_000);
		String ann = body(issue.message(SampleMails.ANN));
		String bo = body(issue.message(SampleMails.BO));
		assertThat(ann.substring(0, issue.sharedBodyPrefix())).isEqualTo(bo.substring(0, issue.sharedBodyPrefix()));
		assertThat(ann.substring(ann.indexOf("Content-ID"))).isEqualTo(bo.substring(bo.indexOf("Content-ID")));
	}

	private static String body(OutgoingMessage message) {
		return new String(message.content(), message.bodyOffset(), message.content().length - message.bodyOffset(),
				StandardCharsets.ISO_8859_1);
	}

}
