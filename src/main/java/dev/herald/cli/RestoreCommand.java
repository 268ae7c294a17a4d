package dev.herald.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;

import dev.herald.backup.BackupFile;
import dev.herald.backup.Restore;
import dev.herald.backup.RestoreSummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "restore",
		description = {
				"Brings a backup into the empty database that spring.datasource.url names, H2 or MySQL, "
						+ "whichever it was made on.",
				"All of it or nothing. Every unfinished send is held until somebody decides." },
		footer = { "", "Example:",
				"  herald restore /var/backups/herald-2026-11-27.zip --herald.data-dir=/var/lib/new" })
final class RestoreCommand implements Callable<Integer> {

	private final Console console;

	private final Beans beans;

	@Parameters(paramLabel = "FILE", description = "The backup.")
	private Path file = Path.of("");

	@Mixin
	private final PassphraseOption passphrase = new PassphraseOption();

	RestoreCommand(Console console, Beans beans) {
		this.console = console;
		this.beans = beans;
	}

	@Override
	public Integer call() {
		BackupFile backup = new BackupFile(this.file, this.passphrase.value());
		Restore restore = this.beans.get(Restore.class);
		RestoreSummary done;
		try (BackupWatch watch = new BackupWatch(this.console, "restore")) {
			done = restore.run(backup, watch.progress());
		}
		this.console.print("Restored: %,d rows in %d tables, as they were at %s.".formatted(done.backup().rows(),
				done.backup().tables(), done.backup().madeAt()));
		if (done.held() > 0) {
			this.console.print(
					"%,d unfinished sends are held: who got mail after that time would get it again. Compare each with the relay's log, then resume or cancel it."
						.formatted(done.held()));
		}
		if (done.notices() > 0) {
			this.console.print("%,d mails to single people that waited are given up: they may have gone out since."
				.formatted(done.notices()));
		}
		this.console.print(
				"The installation that the backup is of must not send any more. Everybody signs in anew. Settings, templates/ and batch/ are not in a backup: put them in place, then start Herald.");
		return 0;
	}

}
