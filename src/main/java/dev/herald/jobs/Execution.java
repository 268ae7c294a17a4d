package dev.herald.jobs;

import java.time.Instant;
import java.util.List;

import dev.herald.problem.Sentence;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a batch job.
 *
 * @param status the name of Spring Batch's
 * @param sendId of the job send-issue; 0 for other jobs
 * @param round of the send
 * @param mailbox of the job collect-bounces; empty for other jobs
 * @param failure why it failed: as Herald knows it, else as the program said it, in one
 * line; null where it did not
 * @param restartable whether {@link Jobs#restart} would do something
 */
public record Execution(long id, String job, String status, @Nullable Instant started, @Nullable Instant ended,
		int sendId, int round, String mailbox, List<Step> steps, @Nullable Sentence failure, boolean restartable) {

	public boolean failed() {
		return this.status.equals("FAILED") || this.status.equals("UNKNOWN");
	}

	/**
	 * One step of it.
	 *
	 * @param read and written: items, such as deliveries or mails
	 */
	public record Step(String name, String status, @Nullable Instant started, @Nullable Instant ended, long read,
			long written, @Nullable Sentence failure) {
	}

}
