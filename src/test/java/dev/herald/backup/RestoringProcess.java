package dev.herald.backup;

import java.nio.file.Path;

import dev.herald.testing.TestHerald;

/**
 * Restores a backup when it is told to, and says what table it is at, until it is killed.
 * Arguments: the database's URL and the file.
 */
final class RestoringProcess {

	static final String READY = "ready";

	static final String AT = "at ";

	private static final int MILLIS = 5;

	private RestoringProcess() {
	}

	public static void main(String[] args) throws Exception {
		try (TestHerald herald = TestHerald.on(args[0])) {
			Restore restore = herald.get(Restore.class);
			BackupProgress progress = new BackupProgress();
			System.out.println(READY);
			int told = System.in.read();
			Thread teller = new Thread(() -> tell(progress));
			teller.setDaemon(true);
			teller.start();
			restore.run(new BackupFile(Path.of(args[1]), null), progress);
			System.out.println("restored, told by " + told);
		}
	}

	/** Of the second pass, which writes. */
	private static void tell(BackupProgress progress) {
		String last = "";
		while (true) {
			String table = progress.table();
			if (progress.total() > 0 && !table.equals(last)) {
				System.out.println(AT + table);
				last = table;
			}
			try {
				Thread.sleep(MILLIS);
			}
			catch (InterruptedException ex) {
				return;
			}
		}
	}

}
