package dev.herald.delivery;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Cuts the waiting deliveries of a send into as many slices of equal number as there are
 * connections. A slice is named by its subscriber ids, so that a restart may cut anew.
 */
final class SendSlices implements Partitioner {

	static final String AFTER = "afterSubscriberId";

	static final String LAST = "lastSubscriberId";

	private final JdbcClient jdbc;

	private final int sendId;

	SendSlices(JdbcClient jdbc, int sendId) {
		this.jdbc = jdbc;
		this.sendId = sendId;
	}

	@Override
	public Map<String, ExecutionContext> partition(int gridSize) {
		int waiting = this.jdbc.sql("SELECT COUNT(*) FROM delivery WHERE send_id = :send AND state IN (0, 3)")
			.param("send", this.sendId)
			.query(Integer.class)
			.single();
		Map<String, ExecutionContext> slices = new LinkedHashMap<>();
		int after = 0;
		for (int slice = 1; slice < gridSize && waiting >= gridSize; slice++) {
			int last = subscriberAt((int) ((long) waiting * slice / gridSize));
			slices.put(after + "-" + last, slice(after, last));
			after = last;
		}
		slices.put(after + "-", slice(after, Integer.MAX_VALUE));
		return slices;
	}

	private int subscriberAt(int offset) {
		List<Integer> found = this.jdbc.sql("""
				SELECT subscriber_id FROM delivery WHERE send_id = :send AND state IN (0, 3)
				ORDER BY subscriber_id LIMIT 1 OFFSET :offset
				""").param("send", this.sendId).param("offset", offset).query(Integer.class).list();
		return found.isEmpty() ? Integer.MAX_VALUE : found.get(0);
	}

	private static ExecutionContext slice(int after, int last) {
		ExecutionContext context = new ExecutionContext();
		context.putInt(AFTER, after);
		context.putInt(LAST, last);
		return context;
	}

}
