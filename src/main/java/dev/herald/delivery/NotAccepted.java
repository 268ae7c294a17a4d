package dev.herald.delivery;

import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds the issues with deliveries that a person may decide on, in all newsletters.
 * Thread-safe.
 */
@Component
public class NotAccepted {

	private final JdbcClient jdbc;

	NotAccepted(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * The ids of those with at least one delivery in the state, newest first, at most
	 * limit. One look into delivery_work for each send, and no count.
	 * @param before the id that the page before ended with; Integer.MAX_VALUE for the
	 * first
	 */
	public List<Integer> issues(DeliveryState state, int before, int limit) {
		return this.jdbc.sql("""
				SELECT i.id FROM issue i WHERE i.id < :before
				AND EXISTS (SELECT 1 FROM send o WHERE o.issue_id = i.id
				            AND EXISTS (SELECT 1 FROM delivery d WHERE d.send_id = o.id AND d.state = :state))
				ORDER BY i.id DESC LIMIT :limit
				""")
			.param("before", before)
			.param("state", state.code())
			.param("limit", limit)
			.query(Integer.class)
			.list();
	}

}
