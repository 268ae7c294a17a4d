package dev.herald.subscriber;

import java.util.ArrayList;
import java.util.List;

import dev.herald.subscriber.ImportResult.Rejection;
import dev.herald.subscriber.ListRows.Numbered;

import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.infrastructure.item.Chunk;

/**
 * Reads a list through before anything of it is imported: what can't be taken goes to the
 * rejects file, and a file that breaks off in the middle leaves nothing half done. For
 * one pass, in one thread.
 */
final class ImportCheck {

	private static final int SHOWN_REJECTIONS = 20;

	private final List<Rejection> firstRejections = new ArrayList<>();

	private int rejected;

	int rejected() {
		return this.rejected;
	}

	List<Rejection> firstRejections() {
		return this.firstRejections;
	}

	/** Writes the rejects and nothing else. */
	void run(ListRows rows, RejectsFile rejects, ImportProgress progress) throws JobInterruptedException {
		for (Numbered next = rows.next(); next != null; next = rows.next()) {
			if (next.row() instanceof ListRow.Bad bad) {
				reject(bad.rejection());
				rejects.add(bad);
			}
			stopIfAsked(progress);
		}
		rejects.publish();
	}

	/** Counts what an import would do. */
	void dryRun(ReadAhead rows, ImportWriter writer, int chunkSize, ImportProgress progress)
			throws JobInterruptedException {
		List<Numbered> chunk = new ArrayList<>(chunkSize);
		for (Numbered next = rows.next(); next != null; next = rows.next()) {
			if (next.row() instanceof ListRow.Bad bad) {
				reject(bad.rejection());
			}
			else if (chunk.add(next) && chunk.size() == chunkSize) {
				writer.write(new Chunk<>(chunk));
				chunk.clear();
			}
			stopIfAsked(progress);
		}
		writer.write(new Chunk<>(chunk));
	}

	private void reject(Rejection rejection) {
		this.rejected++;
		if (this.firstRejections.size() < SHOWN_REJECTIONS) {
			this.firstRejections.add(rejection);
		}
	}

	static void stopIfAsked(ImportProgress progress) throws JobInterruptedException {
		if (progress.stopped()) {
			throw new JobInterruptedException("The import was told to stop");
		}
	}

}
