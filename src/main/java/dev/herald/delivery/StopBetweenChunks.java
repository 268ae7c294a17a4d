package dev.herald.delivery;

import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.StepInterruptionPolicy;

/**
 * Ends a step of send-issue when its send must stop. JobOperator.stop() is racy on MySQL
 * (spring-batch#5308, #5484).
 */
final class StopBetweenChunks implements StepInterruptionPolicy {

	private final ActiveSends active;

	StopBetweenChunks(ActiveSends active) {
		this.active = active;
	}

	@Override
	public void checkInterrupted(StepExecution stepExecution) throws JobInterruptedException {
		Long sendId = stepExecution.getJobParameters().getLong(SendJob.SEND_ID);
		if (sendId != null && this.active.require(sendId.intValue()).mustStop()) {
			stepExecution.setTerminateOnly();
			throw new JobInterruptedException("Send " + sendId + " was told to stop");
		}
	}

}
