package dev.herald.delivery;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Cuts the waiting deliveries of a send by mailbox provider, so that a slow one holds up
 * the reading of its own alone. A partition is named by the provider's code, which a
 * restart finds again.
 */
final class ProviderPartitions implements Partitioner {

	static final String PROVIDER = "provider";

	static final String DUE = "due";

	private final JdbcClient jdbc;

	private final int sendId;

	ProviderPartitions(JdbcClient jdbc, int sendId) {
		this.jdbc = jdbc;
		this.sendId = sendId;
	}

	@Override
	public Map<String, ExecutionContext> partition(int gridSize) {
		Map<String, ExecutionContext> partitions = new LinkedHashMap<>();
		this.jdbc.sql("""
				SELECT provider, COUNT(*) AS due FROM delivery WHERE send_id = ? AND state IN (0, 3)
				GROUP BY provider ORDER BY provider
				""").param(this.sendId).query((row) -> {
			ExecutionContext context = new ExecutionContext();
			context.putInt(PROVIDER, row.getInt("provider"));
			context.putInt(DUE, row.getInt("due"));
			partitions.put("provider-" + row.getInt("provider"), context);
		});
		return partitions;
	}

}
