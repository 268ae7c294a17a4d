package dev.herald.web;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReadableMailTests {

	@Test
	void bothPartsAndTheDecodedSubjectAreFound() {
		ReadableMail mail = parse("""
				Subject: =?UTF-8?B?5L2g5aW9?= world
				From: Letter <letter@example.org>
				To: ann@example.org
				Date: Tue, 24 Nov 2026 08:00:00 +0800
				MIME-Version: 1.0
				Content-Type: multipart/alternative; boundary=b

				--b
				Content-Type: text/plain; charset=UTF-8
				Content-Transfer-Encoding: quoted-printable

				=E4=BD=A0=E5=A5=BD
				--b
				Content-Type: text/html; charset=UTF-8

				<p>hello</p>
				--b--
				""");
		assertThat(mail.subject()).isEqualTo("你好 world");
		assertThat(mail.from()).isEqualTo("Letter <letter@example.org>");
		assertThat(mail.text()).isEqualTo("你好");
		assertThat(mail.html()).isEqualTo("<p>hello</p>");
		assertThat(mail.trouble()).isEmpty();
	}

	@Test
	void aPictureOfTheMailIsShownInThePage() {
		ReadableMail mail = parse("""
				MIME-Version: 1.0
				Content-Type: multipart/related; boundary=b

				--b
				Content-Type: text/html; charset=UTF-8

				<img src="cid:1@x" alt=""><img src="cid:2@x" alt=""><img src="cid:3@x" alt="">
				--b
				Content-Type: IMAGE/gif; name="a.gif"
				Content-Transfer-Encoding: base64
				Content-ID: <1@x>

				R0lGODlh
				--b
				Content-Type: image/svg+xml
				Content-ID: <2@x>

				<svg/>
				--b--
				""");
		assertThat(mail.html()).isEqualTo(
				"<img src=\"data:image/gif;base64,R0lGODlh\" alt=\"\"><img src=\"cid:2@x\" alt=\"\"><img src=\"cid:3@x\" alt=\"\">");
		assertThat(mail.trouble()).isEmpty();
	}

	@Test
	void aMailThatIsNoneStillHasAPage() {
		assertThat(parse("").html()).isEmpty();
		assertThat(parse("no header at all").subject()).isEmpty();
	}

	@Test
	void anUnknownEncodingIsToldAndNotThrown() {
		ReadableMail mail = parse("""
				Content-Type: text/plain
				Content-Transfer-Encoding: x-unheard-of

				hello
				""");
		assertThat(mail.trouble()).contains("x-unheard-of");
	}

	@Test
	void partsNestedWithoutEndAreNotFollowed() {
		StringBuilder mail = new StringBuilder();
		for (int i = 0; i < 500; i++) {
			mail.append("Content-Type: multipart/mixed; boundary=b").append(i).append("\n\n--b").append(i).append('\n');
		}
		mail.append("Content-Type: text/plain\n\nburied\n");
		assertThat(parse(mail.toString()).text()).isEmpty();
	}

	@Test
	void linksInAFrameOpenInATab() {
		assertThat(ReadableMail.withLinksInTabs("<html><HEAD lang=x><title>t</title>"))
			.isEqualTo("<html><HEAD lang=x><base target=\"_blank\"><title>t</title>");
		assertThat(ReadableMail.withLinksInTabs("<p>bare</p>")).isEqualTo("<base target=\"_blank\"><p>bare</p>");
		assertThat(ReadableMail.withLinksInTabs("<header>h</header>")).startsWith("<base");
	}

	private static ReadableMail parse(String mail) {
		return ReadableMail.parse(mail.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
	}

}
