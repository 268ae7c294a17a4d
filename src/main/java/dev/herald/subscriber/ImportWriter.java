package dev.herald.subscriber;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

import dev.herald.subscriber.ListRow.Good;
import dev.herald.subscriber.ListRows.Numbered;

import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamWriter;

/**
 * Hands chunks of rows on and adds up what became of them; the sums are kept in the
 * execution context, in the transaction of the chunk.
 */
final class ImportWriter implements ItemStreamWriter<Numbered> {

	static final String COUNTS = "counts";

	private final Function<Map<String, Good>, ImportCounts> rows;

	private ImportCounts counts = ImportCounts.NONE;

	/**
	 * @param rows writes them, or looks what that would do
	 */
	ImportWriter(Function<Map<String, Good>, ImportCounts> rows) {
		this.rows = rows;
	}

	@Override
	public void open(ExecutionContext context) {
		this.counts = context.containsKey(COUNTS) ? ImportCounts.parse(context.getString(COUNTS)) : ImportCounts.NONE;
	}

	@Override
	public void write(Chunk<? extends Numbered> chunk) {
		Map<String, Good> first = new LinkedHashMap<>();
		// Written all the same: two addresses may look alike to who has seen them,
		// and the second row of a person may say that the person has left.
		Map<String, Good> repeats = new LinkedHashMap<>();
		int duplicates = 0;
		for (Numbered item : chunk) {
			Good row = (Good) item.row();
			String key = row.address().matchKey();
			if (item.repeated()) {
				duplicates++;
				repeats.merge(key, row,
						(one, other) -> (other.state() == SubscriptionState.UNSUBSCRIBED) ? other : one);
			}
			else {
				first.put(key, row);
			}
		}
		this.counts = this.counts.plus(this.rows.apply(first)).withDuplicates(duplicates);
		ImportCounts unused = this.rows.apply(repeats);
	}

	@Override
	public void update(ExecutionContext context) {
		context.putString(COUNTS, this.counts.text());
	}

	ImportCounts counts() {
		return this.counts;
	}

}
