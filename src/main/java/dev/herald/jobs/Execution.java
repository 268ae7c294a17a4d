package dev.herald.jobs;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One execution of a batch job.
 *
 * @param status the name of Spring Batch's
 * @param sendId of the job send-issue; 0 for other jobs
 * @param round of the send
 * @param mailbox of the job collect-bounces; empty for other jobs
 * @param failure why it failed, in one line; empty where it did not
 * @param restartable whether {@link Jobs#restart} would do something
 */
public record Execution(long id, String job, String status, @Nullable Instant started, @Nullable Instant ended,
		int sendId, int round, String mailbox, List<Step> steps, String failure, boolean restartable) {

	public boolean failed() {
		return this.status.equals("FAILED") || this.status.equals("UNKNOWN");
	}

	/**
	 * One step of it.
	 *
	 * @param read and written: items, such as deliveries or mails
	 */
	public record Step(String name, String status, @Nullable Instant started, @Nullable Instant ended, long read,
			long written, String failure) {
	}

}
