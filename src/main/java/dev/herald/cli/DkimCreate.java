package dev.herald.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;

import dev.herald.dkim.DkimAlgorithm;
import dev.herald.dkim.DkimKeys;
import dev.herald.dkim.DkimRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "create",
		description = { "Makes a key that signs mails, and says what has to be in DNS and in the settings.",
				"Needs no database." },
		footer = { "", "Example:", "  herald dkim create --domain news.example.org --selector s1 --out s1.pem" })
final class DkimCreate implements Callable<Integer> {

	private final Console console;

	@Option(names = "--domain", required = true,
			description = "Signs: the domain in From of the newsletters, or a parent of it.")
	private String domain = "";

	@Option(names = "--selector", required = true, paramLabel = "NAME",
			description = "Tells this key of the domain from others: letters, digits, hyphens.")
	private String selector = "";

	@Option(names = "--type", defaultValue = "rsa", paramLabel = "rsa|ed25519",
			description = "rsa (2048 bits), which every receiver knows, or ed25519; default: ${DEFAULT-VALUE}.")
	private DkimAlgorithm type = DkimAlgorithm.RSA;

	@Option(names = "--out", required = true, paramLabel = "FILE",
			description = "The key's new file, which only you can read.")
	private Path out = Path.of("");

	DkimCreate(Console console) {
		this.console = console;
	}

	@Override
	public Integer call() {
		DkimRecord record = DkimKeys.create(this.domain, this.selector, this.type, this.out);
		this.console.print("""
				Wrote the private key to %s. Keep it secret, and keep a copy in the backup.

				Publish this TXT record:

				%s

				When it can be seen in DNS, let Herald sign, in application.yaml:

				herald:
				  dkim:
				    - domain: %s
				      selector: %s
				      private-key-file: '%s'
				""".formatted(this.out, DkimRecords.text(record), this.domain, this.selector,
				this.out.toAbsolutePath().normalize().toString().replace("'", "''")));
		return 0;
	}

}
