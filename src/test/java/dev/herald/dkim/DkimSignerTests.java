package dev.herald.dkim;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.api.SignatureRecord;
import org.apache.james.jdkim.exceptions.FailException;
import org.apache.james.jdkim.exceptions.PermFailException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DkimSignerTests {

	private static final String HEADER = """
			Date: Wed, 26 Nov 2025 04:00:00 +0000
			Message-ID: <token@news.example.org>
			From: Editors <editors@news.example.org>
			To: Ann <ann@example.com>
			Subject: The issue
			List-Id: Weekly <weekly.news.example.org>
			List-Unsubscribe: <https://news.example.org/u/token>
			List-Unsubscribe-Post: List-Unsubscribe=One-Click
			Feedback-ID: 1:weekly:herald
			MIME-Version: 1.0
			Content-Type: text/plain; charset=UTF-8
			Content-Transfer-Encoding: quoted-printable
			""".replace("\n", "\r\n");

	private static final String BODY = "Hello, Ann.\r\n\r\n.a dot\r\n..\r\n.\r\nTwo  spaces \t\r\nBye\r\n";

	@TempDir
	private static Path folder;

	private static DkimSigner rsa;

	private static DkimSigner ed25519;

	@BeforeAll
	static void makeSigners() {
		rsa = TestKeys.signer(folder, TestKeys.RSA);
		ed25519 = TestKeys.signer(folder, TestKeys.ED25519);
	}

	@Test
	void aSignatureSaysWhatItCovers() {
		byte[] field = rsa.sign(octets(HEADER), octets(BODY), BodyPrefix.NONE);
		assertThat(text(field))
			.startsWith("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/simple; d=news.example.org;\r\n\ts=s1;");
		assertThat(Verifier.tags(text(field))).containsAllEntriesOf(Map.of("t", "1764129600", "h",
				"from:from:to:to:subject:subject:date:date:message-id:reply-to:mime-version:content-type:content-type:"
						+ "content-transfer-encoding:list-id:list-unsubscribe:list-unsubscribe:"
						+ "list-unsubscribe-post:list-unsubscribe-post:feedback-id"))
			.containsOnlyKeys("v", "a", "c", "d", "s", "t", "h", "bh", "b");
	}

	@Test
	void itsLinesAreShortAndItEndsWithOneLineEnd() {
		String field = text(rsa.sign(octets(HEADER), octets(BODY), BodyPrefix.NONE));
		assertThat(field).endsWith("\r\n");
		assertThat(field.split("\r\n")).allSatisfy((line) -> assertThat(line).hasSizeLessThanOrEqualTo(78));
		assertThat(field.substring(0, field.length() - 2).split("\r\n(?!\t)")).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { BODY, "", "\r\n", "\r\n\r\n", "no line end", "one\r\n", "one\r\n\r\n\r\n",
			"\r\n\r\none\r\n", ".\r\n", "..\r\n.\r\n", "one \t \r\n\r\n" })
	void jdkimVerifiesAnyBody(String body) throws Exception {
		assertThat(jdkim(signed(rsa, HEADER, body))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Subject: plain", "Subject:none", "SUBJECT:  many \t spaces  ", "Subject : space before",
			"Subject: a long one,\r\n that is folded\r\n\t twice, with a tab", "Subject:\r\n folded at once",
			"Subject: one\r\nSubject: two", "Subject:", "Subject: ", "Subject: a;b=c:d",
			"DKIM-Signature: v=1; b=aGk=\r\nSubject: signed before", "X-Subject: another" })
	void jdkimVerifiesAnySubject(String subject) throws Exception {
		byte[] message = signed(rsa, HEADER.replace("Subject: The issue", subject), BODY);
		assertThat(Verifier.verifies(message, TestKeys.RSA.getPublic())).isTrue();
		if (!subject.startsWith("DKIM")) {
			assertThat(jdkim(message)).isTrue();
		}
	}

	@Test
	void ed25519SignaturesVerify() throws Exception {
		for (String body : List.of(BODY, "", "no line end", "one\r\n\r\n\r\n")) {
			assertThat(Verifier.verifies(signed(ed25519, HEADER, body), TestKeys.ED25519.getPublic())).isTrue();
		}
	}

	@Test
	void namesInUtf8AreSignedAsTheyAre() throws Exception {
		String header = HEADER.replace("Ann <ann@", "Käthe 凱蒂 <käthe@").replace("The issue", "周报  第 1 期\r\n\t續");
		assertThat(Verifier.verifies(signed(rsa, header, BODY), TestKeys.RSA.getPublic())).isTrue();
		assertThat(Verifier.verifies(signed(ed25519, header, BODY), TestKeys.ED25519.getPublic())).isTrue();
	}

	@Test
	void severalKeysMakeSeveralSignatures() throws Exception {
		DkimSigner both = TestKeys.signer(folder, TestKeys.RSA, TestKeys.ED25519);
		String fields = text(both.sign(octets(HEADER), octets(BODY), BodyPrefix.NONE));
		int second = fields.indexOf("DKIM-Signature:", 1);
		String rest = HEADER + "\r\n" + BODY;
		assertThat(Verifier.verifies(octets(fields + rest), TestKeys.RSA.getPublic())).isTrue();
		assertThat(Verifier.verifies(octets(fields.substring(second) + rest), TestKeys.ED25519.getPublic())).isTrue();
		assertThat(fields.substring(second)).contains("a=ed25519-sha256", "s=s2;");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Date: Wed", "<token@", "Editors <", "Ann <", "The issue", "Weekly <", "/u/token",
			"One-Click", "1:weekly", "MIME-Version: 1.0", "text/plain", "quoted-printable", "Hello, Ann",
			"\r\n\r\n.a dot", "Two  spaces", "Bye" })
	void whatIsChangedBreaksTheSignature(String part) throws Exception {
		String message = text(signed(rsa, HEADER, BODY));
		int at = message.indexOf(part, message.indexOf("Date: "));
		String changed = message.substring(0, at + part.length() - 1) + "#" + message.substring(at + part.length());
		assertThat(jdkim(octets(message))).isTrue();
		assertThat(jdkim(octets(changed))).isFalse();
		assertThat(Verifier.verifies(octets(changed), TestKeys.RSA.getPublic())).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "From: Evil <evil@example.net>", "To: evil@example.net", "Subject: Evil", "Date: today",
			"Reply-To: evil@example.net", "Content-Type: text/html", "List-Unsubscribe: <https://evil.example/>",
			"List-Unsubscribe-Post: List-Unsubscribe=One-Click" })
	void aFieldAddedBreaksTheSignatureWhereverItIs(String field) throws Exception {
		String message = text(signed(rsa, HEADER, BODY));
		String onTop = field + "\r\n" + message;
		String below = message.replaceFirst("\r\n\r\n", "\r\n" + field + "\r\n\r\n");
		assertThat(jdkim(octets(onTop))).isFalse();
		assertThat(jdkim(octets(below))).isFalse();
	}

	@Test
	void whatRelaysDoIsNoHarm() throws Exception {
		String message = text(signed(rsa, HEADER, BODY));
		String relayed = "Received: from a\r\n\tby b\r\n"
				+ message.replace("Subject: The issue", "SUBJECT:\tThe\r\n issue") + "\r\n\r\n";
		assertThat(jdkim(octets(relayed))).isTrue();
	}

	@Test
	void anotherKeyDoesNotVerify() throws GeneralSecurityException {
		PublicKey other = DkimAlgorithm.RSA.generate().getPublic();
		assertThat(Verifier.verifies(signed(rsa, HEADER, BODY), other)).isFalse();
	}

	@Test
	void aPrefixOfAnyLengthChangesNothing() {
		for (String body : List.of(BODY, "\r\n\r\n\r\n", "a\r\n\r\n\r\nb\r\n\r\n", "no line end\r", "")) {
			byte[] octets = octets(body);
			byte[] whole = ed25519.sign(octets(HEADER), octets, BodyPrefix.NONE);
			for (int length = 0; length <= octets.length; length++) {
				BodyPrefix prefix = BodyPrefix.of(Arrays.copyOf(octets, length));
				assertThat(ed25519.sign(octets(HEADER), octets, prefix)).as("%s octets of %s", length, body)
					.isEqualTo(whole);
			}
		}
	}

	@Test
	void aPrefixOfAnyLengthHoldsForRandomBodies() {
		Random random = new Random(8463);
		for (int round = 0; round < 500; round++) {
			byte[] body = new byte[random.nextInt(60)];
			for (int i = 0; i < body.length; i++) {
				body[i] = (byte) "\r\n\r\na. ".charAt(random.nextInt(7));
			}
			String expected = text(body).replaceFirst("(\r\n)*\\z", "") + "\r\n";
			byte[] hash = NativeCrypto.sha256().digest(octets(expected));
			BodyPrefix prefix = BodyPrefix.of(Arrays.copyOf(body, random.nextInt(body.length + 1)));
			assertThat(prefix.hash(body, 0, body.length)).as(text(body)).isEqualTo(hash);
		}
	}

	@Test
	void aMessageInOneArrayIsSignedAsOneInTwo() {
		byte[] message = octets(HEADER + "\r\n" + BODY);
		BodyPrefix prefix = BodyPrefix.of(octets("Hello, "));
		byte[] expected = rsa.sign(octets(HEADER), octets(BODY), BodyPrefix.NONE);
		assertThat(rsa.sign(message, HEADER.length() + 2, prefix)).isEqualTo(expected);
		assertThat(rsa.sign(octets(HEADER + "\r\n"), octets(BODY), prefix)).isEqualTo(expected);
	}

	@Test
	void aPrefixThatIsNotThatOfTheBodyIsRefused() {
		BodyPrefix other = BodyPrefix.of(octets("Hello, Bob"));
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> rsa.sign(octets(HEADER), octets(BODY), other));
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> rsa.sign(octets(HEADER), octets("Hello"), other));
	}

	@ParameterizedTest
	@ValueSource(strings = { "From editors\r\n", ": x\r\n", "From: a\r\nno colon here\r\n" })
	void aLineThatIsNoFieldIsRefused(String header) {
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> rsa.sign(octets(header), octets(BODY), BodyPrefix.NONE))
			.withMessageContaining("No header field at octet");
	}

	@Test
	void manyThreadsSignAtOnce() {
		BodyPrefix prefix = BodyPrefix.of(octets("Hello, Ann.\r\n\r\n"));
		DkimSigner both = TestKeys.signer(folder, TestKeys.RSA, TestKeys.ED25519);
		String[] expected = IntStream.range(0, 16)
			.mapToObj((i) -> text(both.sign(octets(HEADER), octets(BODY + i), BodyPrefix.NONE)))
			.toArray(String[]::new);
		boolean same = IntStream.range(0, 1600)
			.parallel()
			.allMatch((i) -> text(both.sign(octets(HEADER), octets(BODY + i % 16), prefix)).equals(expected[i % 16]));
		assertThat(same).isTrue();
	}

	private static byte[] signed(DkimSigner signer, String header, String body) {
		ByteArrayOutputStream message = new ByteArrayOutputStream();
		message.writeBytes(signer.sign(octets(header), octets(body), BodyPrefix.NONE));
		message.writeBytes(octets(header + "\r\n" + body));
		return message.toByteArray();
	}

	/** Apache James's verifier, with the key where DNS would have it. */
	private static boolean jdkim(byte[] message) throws IOException {
		String record = "v=DKIM1; k=rsa; p="
				+ Base64.getEncoder().encodeToString(TestKeys.RSA.getPublic().getEncoded());
		DKIMVerifier verifier = new DKIMVerifier((methods, selector, domain) -> {
			assertThat(methods).hasToString("dns/txt");
			assertThat(selector + "._domainkey." + domain).isEqualTo("s1._domainkey.news.example.org");
			return List.of(record);
		});
		try {
			List<SignatureRecord> verified = verifier.verify(new ByteArrayInputStream(message));
			return verified != null && verified.size() == 1;
		}
		catch (PermFailException ex) {
			return false;
		}
		catch (FailException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static byte[] octets(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String text(byte[] octets) {
		return new String(octets, StandardCharsets.UTF_8);
	}

}
