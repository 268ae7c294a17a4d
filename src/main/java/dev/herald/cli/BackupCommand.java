package dev.herald.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;

import dev.herald.backup.Backup;
import dev.herald.backup.BackupFile;
import dev.herald.backup.BackupSummary;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "backup",
		description = { "Writes the whole installation to one file, as it is at one moment, beside a running server.",
				"Subscribers, issues, the ledger, accounts and the signing keys: keep the file as safe as the "
						+ "database. Settings, templates/ and batch/ are not in it." },
		footer = { "", "Example:", "  herald backup /var/backups/herald-2026-11-27.zip",
				"  herald backup --verify /var/backups/herald-2026-11-27.zip" })
final class BackupCommand implements Callable<Integer> {

	private final Console console;

	private final Beans beans;

	@Parameters(paramLabel = "FILE", description = "Where it goes; appears when it is whole.")
	private Path file = Path.of("");

	@Option(names = "--force", description = "Replace a file of that name.")
	private boolean force;

	@Option(names = "--verify", description = "Write nothing: read a backup to its end, and check all that is in it.")
	private boolean verify;

	@Mixin
	private final PassphraseOption passphrase = new PassphraseOption();

	BackupCommand(Console console, Beans beans) {
		this.console = console;
		this.beans = beans;
	}

	@Override
	public Integer call() {
		return this.verify ? verify() : write();
	}

	private int verify() {
		BackupSummary summary;
		try (BackupWatch watch = new BackupWatch(this.console, "verify")) {
			summary = new BackupFile(this.file, this.passphrase.value()).verify(watch.progress());
		}
		this.console.print("Whole: a backup of %s by Herald %s, %,d rows in %d tables%s.".formatted(summary.madeAt(),
				summary.herald(), summary.rows(), summary.tables(), summary.sealed() ? ", encrypted" : ""));
		return 0;
	}

	private int write() {
		@Nullable String chosen = this.passphrase.value();
		Backup backup = this.beans.get(Backup.class);
		BackupSummary summary;
		try (BackupWatch watch = new BackupWatch(this.console, "backup")) {
			summary = backup.write(this.file, this.force, chosen, watch.progress());
		}
		this.console.print("Written: %,d rows in %d tables, as of %s%s.".formatted(summary.rows(), summary.tables(),
				summary.madeAt(), summary.sealed() ? ", encrypted" : ""));
		if (!summary.sealed()) {
			this.console.say("It holds addresses and signing keys, and is not encrypted.");
		}
		return 0;
	}

}
