package dev.herald.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class DkimCommandTests extends CommandTest {

	private static final String NO_DATABASE = "--spring.datasource.url=jdbc:h2:tcp://127.0.0.1:1/none";

	@Test
	void aKeyIsMadeWithItsRecordAndItsSettings() throws IOException {
		Path file = folder().resolve("s1.pem");
		Result result = execute("dkim", "create", "--domain", "news.example.org", "--selector", "s1", "--type",
				"ed25519", "--out", file.toString(), NO_DATABASE);
		assertThat(result.err()).isEmpty();
		assertThat(result.exitCode()).isZero();
		assertThat(result.out()).matches("""
				Wrote the private key to %1$s\\. Keep it secret, and keep a copy in the backup\\.

				Publish this TXT record:

				name   s1\\._domainkey\\.news\\.example\\.org
				value  (v=DKIM1; k=ed25519; p=[A-Za-z0-9+/]{43}=)
				or, as a line of a zone file:
				s1\\._domainkey\\.news\\.example\\.org\\. IN TXT "\\1"

				When it can be seen in DNS, let Herald sign, in application\\.yaml:

				herald:
				  dkim:
				    - domain: news\\.example\\.org
				      selector: s1
				      private-key-file: '%1$s'
				""".formatted(file));
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
		assertThat(file).content().startsWith("-----BEGIN PRIVATE KEY-----\n").endsWith("-----END PRIVATE KEY-----\n");
	}

	@Test
	void theRecordsOfTheSettingsAreThoseOfTheKeysMade() {
		Path rsa = folder().resolve("rsa.pem");
		Path ed25519 = folder().resolve("ed.pem");
		String first = create("s1", "rsa", rsa);
		String second = create("s2", "ED25519", ed25519);
		Result result = execute("dkim", "record", NO_DATABASE, "--herald.dkim[0].domain=example.org",
				"--herald.dkim[0].selector=s1", "--herald.dkim[0].private-key-file=" + rsa,
				"--herald.dkim[1].domain=example.org", "--herald.dkim[1].selector=s2",
				"--herald.dkim[1].private-key-file=" + ed25519);
		assertThat(result.exitCode()).isZero();
		assertThat(result.out()).isEqualTo(first + "\n\n" + second + "\n");
		assertThat(first).containsPattern("IN TXT \"v=DKIM1; k=rsa; p=[^\"]{237}\" \"[^\"]+\"");
	}

	private static String create(String selector, String type, Path file) {
		String out = execute("dkim", "create", "--domain", "example.org", "--selector", selector, "--type", type,
				"--out", file.toString())
			.out();
		return out.substring(out.indexOf("name "), out.indexOf("\n\nWhen"));
	}

	@Test
	void aKeyIsNeverOverwritten() throws IOException {
		Path file = write("s1.pem", "a key");
		Result result = execute("dkim", "create", "--domain", "example.org", "--selector", "s1", "--out",
				file.toString());
		assertThat(result.exitCode()).isEqualTo(2);
		assertThat(result.out()).isEmpty();
		assertThat(result.err()).isEqualToIgnoringNewLines(
				"There is a file " + file + " already, and Herald overwrites no key. Choose another file.");
		assertThat(file).hasContent("a key");
	}

	@Test
	void aFolderThatIsNotThereIsSaid() {
		Path file = folder().resolve("none/s1.pem");
		Result result = execute("dkim", "create", "--domain", "example.org", "--selector", "s1", "--out",
				file.toString());
		assertThat(result.exitCode()).isEqualTo(1);
		assertThat(result.err()).startsWith(file + " can't be written (NoSuchFileException).");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "--domain localhost --selector s1 --out %s", "--domain example.org --selector s_1 --out %s",
					"--domain example.org --selector s1 --type dsa --out %s", "--domain example.org --selector s1" })
	void wrongNamesMakeNoFile(String options) {
		Path file = folder().resolve("s1.pem");
		Result result = execute(("dkim create " + options.formatted(file)).split(" "));
		assertThat(result.exitCode()).isEqualTo(2);
		assertThat(result.err()).isNotBlank().doesNotContain("\tat ");
		assertThat(file).doesNotExist();
	}

	@Test
	void withoutKeysThereIsNoRecord() {
		Result result = execute("dkim", "record", NO_DATABASE);
		assertThat(result.exitCode()).isEqualTo(2);
		assertThat(result.err()).isEqualToIgnoringNewLines(
				"The setting herald.dkim names no key. 'herald dkim create' makes one and says what to set.");
	}

	@Test
	void aWrongSettingIsSaidWithItsName() {
		Result result = execute("dkim", "record", NO_DATABASE, "--herald.dkim[0].domain=example.org");
		assertThat(result.exitCode()).isEqualTo(2);
		assertThat(result.err()).startsWith("herald.dkim[0].selector must be the name of a key");
	}

}
