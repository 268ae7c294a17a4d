package dev.herald.dkim;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.Map;

import dev.herald.dkim.DkimSettings.Entry;
import dev.herald.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class DkimSignersTests {

	private static final String HEADER = "From: a@example.org\r\n";

	@TempDir
	private Path folder;

	@Test
	void withoutSettingsNothingIsSignedAndNothingMissed() {
		assertThat(bind(Map.of())).isEqualTo(new DkimSettings(List.of()));
		assertThat(DkimSigners.none().forDomain("example.org")).isEmpty();
		assertThat(DkimSigners.none().gap("example.org")).isEmpty();
		assertThat(DkimSigners.none().records()).isEmpty();
	}

	@Test
	void everySettingIsMapped() {
		assertThat(bind(Map.of("herald.dkim[0].domain", "example.org", "herald.dkim[0].selector", "s1",
				"herald.dkim[0].private-key-file", "/keys/s1.pem", "herald.dkim[0].identity", "@news.example.org",
				"herald.dkim[1].domain", "example.net")))
			.isEqualTo(new DkimSettings(
					List.of(new Entry("example.org", "s1", Path.of("/keys/s1.pem"), "@news.example.org"),
							new Entry("example.net", null, null, null))));
	}

	private static DkimSettings bind(Map<String, String> settings) {
		return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("herald", DkimSettings.class);
	}

	@ParameterizedTest
	@CsvSource({ "example.org, example.org", "EXAMPLE.org, example.org", "a.example.org, example.org",
			"news.example.org, news.example.org", "a.b.news.example.org, news.example.org" })
	void aDomainIsSignedForByItselfOrItsNearestParent(String from, String signing) {
		DkimSigners signers = signers(entry("news.example.org", "s1"), entry("Example.ORG", "s1"));
		assertThat(signers.gap(from)).isEmpty();
		assertThat(field(signers.forDomain(from).orElseThrow())).contains(" d=" + signing + ";");
	}

	@ParameterizedTest
	@ValueSource(strings = { "example.net", "org", "notexample.org", "example.org.evil.net", "" })
	void mailsFromOtherDomainsAreNotSignedAndThatIsSaid(String from) {
		DkimSigners signers = signers(entry("example.org", "s1"), entry("example.com", "s1"));
		assertThat(signers.forDomain(from)).isEmpty();
		assertThat(signers.gap(from)).contains("Mails from " + from
				+ " go unsigned: no entry of herald.dkim is for it or a parent of it (there are: example.org, example.com).");
	}

	@Test
	void internationalDomainsSignAsALabels() {
		DkimSigners signers = signers(entry("straße.example", "s1"));
		assertThat(field(signers.forDomain("xn--strae-oqa.example").orElseThrow()))
			.contains("\td=xn--strae-oqa.example;");
		assertThat(signers.records().get(0).name()).isEqualTo("s1._domainkey.xn--strae-oqa.example");
	}

	@ParameterizedTest
	@CsvSource({ "@example.org, @example.org", "@News.example.org, @news.example.org",
			"weekly@example.org, weekly@example.org" })
	void anIdentityIsSaidInTheSignature(String identity, String expected) {
		DkimSigners signers = signers(new Entry("example.org", "s1", key(), identity));
		assertThat(Verifier.tags(field(signers.forDomain("example.org").orElseThrow()))).containsEntry("i", expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "example.org", "@example.net", "@notexample.org", "a b@example.org", "a;b@example.org",
			"@", "a@b@example.org" })
	void anIdentityOutsideTheDomainIsRefused(String identity) {
		assertRefused(new Entry("example.org", "s1", key(), identity),
				"herald.dkim[0].identity must be an address in example.org");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "localhost", "exa mple.org", "a@example.org", "example.org;", "-a.example.org",
			"example.org\r\nX: y", ".example.org" })
	void aDomainThatIsNoneIsRefused(String domain) {
		assertRefused(new Entry(domain, "s1", key(), null), "herald.dkim[0].domain must be the domain that signs");
		assertRefused(new Entry(null, "s1", key(), null), "herald.dkim[0].domain must be the domain that signs");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "s 1", "s1.", ".s1", "s_1", "-s", "s1;", "s1\r\n", "é" })
	void aSelectorThatIsNoneIsRefused(String selector) {
		assertRefused(new Entry("example.org", selector, key(), null),
				"herald.dkim[0].selector must be the name of a key");
	}

	@Test
	void aSelectorMayHaveSeveralLabels() {
		assertThat(signers(entry("example.org", "Nov.2025")).records().get(0).name())
			.isEqualTo("nov.2025._domainkey.example.org");
	}

	@Test
	void aNameTooLongForDnsIsRefused() {
		String selector = "a".repeat(63) + ".b".repeat(90);
		assertRefused(new Entry("example.org", selector, key(), null), "is longer than 253");
	}

	@Test
	void aKeyUsedTwiceUnderOneNameIsRefused() {
		assertThatExceptionOfType(Problem.class)
			.isThrownBy(() -> signers(entry("example.org", "s1"), entry("EXAMPLE.org", "S1")))
			.withMessage("herald.dkim[1] repeats the selector s1 of example.org. Each key has a selector of its own.");
	}

	@Test
	void aFileIsNeeded() {
		assertRefused(new Entry("example.org", "s1", null, null), "herald.dkim[0].private-key-file must name the file");
		assertRefused(new Entry("example.org", "s1", this.folder.resolve("none.pem"), null),
				"herald.dkim[0].private-key-file: there is no file " + this.folder.resolve("none.pem"));
		assertRefused(new Entry("example.org", "s1", this.folder, null), "herald.dkim[0].private-key-file");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					                                                                      | holds no key in PEM
					hello                                                                 | holds no key in PEM
					-----BEGIN PUBLIC KEY-----\\nAAAA\\n-----END PUBLIC KEY-----          | holds a PUBLIC KEY and no private key
					-----BEGIN EC PRIVATE KEY-----\\nAAAA\\n-----END EC PRIVATE KEY-----  | holds a EC PRIVATE KEY and no private key
					-----BEGIN ENCRYPTED PRIVATE KEY-----\\nAA\\n-----END ENCRYPTED PRIVATE KEY----- | holds an encrypted key
					-----BEGIN RSA PRIVATE KEY-----\\nProc-Type: 4,ENCRYPTED\\n\\nAA==\\n-----END RSA PRIVATE KEY----- | holds an encrypted key
					-----BEGIN PRIVATE KEY-----\\nMIIEv                                   | holds a key that is cut off
					-----BEGIN PRIVATE KEY-----\\nMIIE\\n-----END PRIVATE KEY-----        | holds a damaged key
					-----BEGIN PRIVATE KEY-----\\n=AA\\n-----END PRIVATE KEY-----         | damaged
					-----BEGIN RSA PRIVATE KEY-----\\n\\n-----END RSA PRIVATE KEY-----    | holds a damaged key
					""")
	void aFileWithoutAUsableKeySaysWhatItHolds(String content, String expected) throws IOException {
		Path file = this.folder.resolve("bad.pem");
		Files.writeString(file, (content != null) ? content.replace("\\n", "\n") : "");
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> signers(new Entry("example.org", "s1", file, null)))
			.withMessageStartingWith("herald.dkim[0].private-key-file: " + file)
			.withMessageContaining(expected)
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("MIIE"));
	}

	@Test
	void keysOfOtherKindsAreRefused() throws GeneralSecurityException {
		for (String type : List.of("EC", "Ed448", "RSASSA-PSS", "X25519")) {
			Path file = TestKeys.file(this.folder, KeyPairGenerator.getInstance(type).generateKeyPair());
			assertRefused(new Entry("example.org", "s1", file, null), "neither RSA nor Ed25519");
		}
	}

	@Test
	void keysThatOlderToolsWroteAreRead(CapturedOutput output) throws IOException {
		Path file = this.folder.resolve("old.pem");
		Files.writeString(file, "Bag Attributes\n" + Rfc8463Tests.RSA_KEY.replace("\n", "\r\n"));
		DkimSigners signers = signers(new Entry("football.example.com", "test", file, null));
		assertThat(signers.records().get(0).value()).startsWith("v=DKIM1; k=rsa; p=MIGfMA0G");
		assertThat(output).contains("holds an RSA key of 1024 bits. Sign with at least 2048");
	}

	@Test
	void anRsaKeyThatReceiversRefuseIsRefusedHere() throws GeneralSecurityException {
		KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
		generator.initialize(768);
		Path file = TestKeys.file(this.folder, generator.generateKeyPair());
		assertRefused(new Entry("example.org", "s1", file, null), "holds an RSA key of 768 bits");
	}

	@Test
	void aKeyThatOthersCanReadIsWarnedOf(CapturedOutput output) throws IOException {
		Path open = key();
		Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r-----"));
		signers(new Entry("example.org", "s1", key(), null), new Entry("example.net", "s1", open, null));
		assertThat(output).contains("herald.dkim[1].private-key-file: others than its owner can read " + open)
			.doesNotContain("herald.dkim[0].private-key-file");
	}

	@Test
	void aRecordIsSplitIntoStringsThatDnsTakes() {
		assertThat(new DkimRecord("s1._domainkey.example.org", "a".repeat(255)).zoneLine())
			.isEqualTo("s1._domainkey.example.org. IN TXT \"" + "a".repeat(255) + "\"");
		assertThat(new DkimRecord("s1._domainkey.example.org", "a".repeat(255) + "b").zoneLine())
			.isEqualTo("s1._domainkey.example.org. IN TXT \"" + "a".repeat(255) + "\" \"b\"");
	}

	@Test
	void noTextShowsTheSecret() {
		SigningKey key = new SigningKeyLoader("herald.dkim[0]", entry("example.org", "s1")).load(null);
		assertThat(key).hasToString("s1._domainkey.example.org (ed25519-sha256)");
	}

	private void assertRefused(Entry entry, String message) {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> signers(entry)).withMessageContaining(message);
	}

	private static DkimSigners signers(Entry... entries) {
		return new DkimSigners(new DkimSettings(List.of(entries)), TestKeys.NOW);
	}

	private Entry entry(String domain, String selector) {
		return new Entry(domain, selector, key(), null);
	}

	private Path key() {
		return TestKeys.file(this.folder, TestKeys.ED25519);
	}

	private static String field(DkimSigner signer) {
		return new String(signer.sign(HEADER.getBytes(StandardCharsets.US_ASCII), new byte[0], BodyPrefix.NONE),
				StandardCharsets.US_ASCII);
	}

}
