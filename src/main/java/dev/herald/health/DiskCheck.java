package dev.herald.health;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.herald.health.Condition.Area;
import dev.herald.settings.Installation;

import org.springframework.stereotype.Component;

/** The room for Herald's files. */
@Component
class DiskCheck {

	/** A million deliveries take some 60 MB, their mails in a rehearsal more. */
	private static final long LITTLE = 1_000_000_000;

	private static final long TOO_LITTLE = 200_000_000;

	private final Path folder;

	DiskCheck(Installation installation) {
		this.folder = installation.dataDir().toAbsolutePath();
	}

	Condition look() {
		try {
			Path existing = this.folder;
			while (!Files.exists(existing) && existing.getParent() != null) {
				existing = existing.getParent();
			}
			FileStore store = Files.getFileStore(existing);
			return room(this.folder.toString(), store.getUsableSpace(),
					store.isReadOnly() || !Files.isWritable(existing));
		}
		catch (IOException ex) {
			return Condition.bad(Area.DISK, "health.disk.unreadable", this.folder.toString(), ex.toString());
		}
	}

	static Condition room(String folder, long free, boolean readOnly) {
		double gigabytes = free / 1e9;
		if (readOnly) {
			return Condition.bad(Area.DISK, "health.disk.read-only", folder);
		}
		if (free < TOO_LITTLE) {
			return Condition.bad(Area.DISK, "health.disk.full", folder, gigabytes);
		}
		return (free < LITTLE) ? Condition.warning(Area.DISK, "health.disk.full", folder, gigabytes)
				: Condition.good(Area.DISK, "health.disk.good", folder, gigabytes);
	}

}
