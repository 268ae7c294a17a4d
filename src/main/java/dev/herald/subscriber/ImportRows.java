package dev.herald.subscriber;

import java.util.function.Supplier;

import dev.herald.subscriber.ListRows.Numbered;
import org.jspecify.annotations.Nullable;

import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * The good rows of a list for one execution of the job. The number of the last one is
 * kept in the execution context, in the transaction of its chunk: a restart reads over
 * the rows up to it, so that it knows their addresses, and hands over what comes behind.
 * What was read ahead and not handed over counts for nothing.
 */
final class ImportRows implements ItemStreamReader<Numbered> {

	static final String POSITION = "position";

	private final Supplier<ListRows> opener;

	private @Nullable ReadAhead rows;

	private long position;

	ImportRows(Supplier<ListRows> opener) {
		this.opener = opener;
	}

	@Override
	public void open(ExecutionContext context) {
		this.position = context.getLong(POSITION, 0L);
		this.rows = new ReadAhead(this.opener.get(), this.position);
	}

	@Override
	public @Nullable Numbered read() {
		Numbered next = next();
		while (next != null && next.row() instanceof ListRow.Bad) {
			next = next();
		}
		if (next != null) {
			this.position = next.number();
		}
		return next;
	}

	private @Nullable Numbered next() {
		return (this.rows != null) ? this.rows.next() : null;
	}

	@Override
	public void update(ExecutionContext context) {
		context.putLong(POSITION, this.position);
	}

	@Override
	public void close() {
		if (this.rows != null) {
			this.rows.close();
		}
	}

}
