package dev.herald.subscriber;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

import dev.herald.subscriber.ListRows.Numbered;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list in a thread of its own while the rows before are written: at most
 * {@value #BLOCKS} blocks of {@value #BLOCK_ROWS} rows ahead, and one in its hands. What
 * breaks there is thrown here, behind the rows that were read before. For one thread that
 * takes the rows.
 */
final class ReadAhead implements AutoCloseable {

	static final int BLOCKS = 4;

	static final int BLOCK_ROWS = 1000;

	private final BlockingQueue<Block> blocks = new ArrayBlockingQueue<>(BLOCKS);

	private final ListRows rows;

	private final long position;

	private final Thread thread;

	private Iterator<Numbered> present = Collections.emptyIterator();

	private boolean ended;

	/**
	 * @param position number of the last row that is not wanted: it is read all the same,
	 * so that its address is known
	 */
	ReadAhead(ListRows rows, long position) {
		this.rows = rows;
		this.position = position;
		this.thread = new Thread(this::read, "import-reader");
		this.thread.setDaemon(true);
		this.thread.start();
	}

	/** Null behind the last. */
	@Nullable Numbered next() {
		while (!this.present.hasNext() && !this.ended) {
			Block block = take();
			if (block.broken() != null) {
				throw block.broken();
			}
			this.present = block.rows().iterator();
			this.ended = block.rows().size() < BLOCK_ROWS;
		}
		return this.present.hasNext() ? this.present.next() : null;
	}

	private Block take() {
		try {
			return this.blocks.take();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while a list was read", ex);
		}
	}

	private void read() {
		try {
			try {
				while (this.rows.number() < this.position && this.rows.next() != null) {
					// Only its address matters, and it is seen now.
				}
				List<Numbered> block;
				do {
					block = block();
					this.blocks.put(new Block(block, null));
				}
				while (block.size() == BLOCK_ROWS);
			}
			catch (RuntimeException ex) {
				this.blocks.put(new Block(List.of(), ex));
			}
			catch (Error ex) {
				// Whoever waits for rows has to hear of it.
				this.blocks.put(new Block(List.of(), new IllegalStateException(ex)));
			}
		}
		catch (InterruptedException ex) {
			// Nobody wants the rest.
		}
	}

	private List<Numbered> block() throws InterruptedException {
		List<Numbered> block = new ArrayList<>(BLOCK_ROWS);
		while (block.size() < BLOCK_ROWS) {
			if (Thread.interrupted()) {
				throw new InterruptedException();
			}
			Numbered next = this.rows.next();
			if (next == null) {
				return block;
			}
			block.add(next);
		}
		return block;
	}

	/** The file is free when this returns. */
	@Override
	public void close() {
		this.thread.interrupt();
		boolean interrupted = false;
		while (this.thread.isAlive()) {
			try {
				this.thread.join();
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
		this.rows.close();
	}

	/**
	 * The last one is not full.
	 *
	 * @param broken what was thrown behind the rows before; null where nothing was
	 */
	private record Block(List<Numbered> rows, @Nullable RuntimeException broken) {
	}

}
