package dev.herald.delivery;

import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.jspecify.annotations.Nullable;

/**
 * Puts deliveries into the lane of their provider, where the connections take them; waits
 * while it is full. The step ends when all of them are settled. It never fails for what
 * becomes of a recipient, and what it leaves on the word to stop stays READY in the
 * ledger. For one thread.
 */
class LaneWriter implements ItemWriter<ReadyDelivery>, StepExecutionListener {

	private final Route route;

	private final Lane lane;

	private final TrafficBoard board;

	private final int due;

	/**
	 * @param due deliveries that it will be given, about
	 */
	LaneWriter(Route route, Lane lane, TrafficBoard board, int due) {
		this.route = route;
		this.lane = lane;
		this.board = board;
		this.due = due;
	}

	@Override
	public void beforeStep(StepExecution stepExecution) {
		this.route.open(this.lane);
		this.board.watch(this.lane, this.route.lanes(), this.due);
	}

	@Override
	public void write(Chunk<? extends ReadyDelivery> chunk) throws InterruptedException {
		for (ReadyDelivery delivery : chunk) {
			if (!this.route.lanes().put(this.lane, delivery)) {
				return;
			}
		}
	}

	@Override
	public @Nullable ExitStatus afterStep(StepExecution stepExecution) {
		try {
			this.route.lanes().awaitSettled(this.lane);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			this.lane.send.stop();
		}
		finally {
			this.route.lanes().close(this.lane);
			this.board.end(this.lane);
		}
		return null;
	}

}
