package dev.herald.delivery;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import dev.herald.address.EmailAddress;
import dev.herald.delivery.Selection.Consent;
import dev.herald.delivery.Selection.Row;
import dev.herald.digest.Sha256;
import dev.herald.issue.Issue;
import dev.herald.schema.Utc;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads the deliveries in some states with what their subscribers consent to now, a page
 * at a time: memory does not grow with their number. Thread-safe.
 */
@Component
class SelectionScan {

	/**
	 * What becomes of a subscriber s with the subscription p at the time :now, in words
	 * of {@link Consent}.
	 */
	static final String CONSENT = """
			CASE WHEN p.state = 'PENDING' THEN 'UNCONFIRMED'
			     WHEN p.state = 'ACTIVE' AND EXISTS (SELECT 1 FROM suppression x WHERE x.match_key = s.match_key)
			     THEN 'SUPPRESSED'
			     WHEN p.state = 'ACTIVE' AND p.paused_until > :now THEN 'PAUSED'
			     WHEN p.state = 'ACTIVE' THEN 'RECIPIENT'
			     ELSE 'UNSUBSCRIBED' END
			""";

	private static final int PAGE = 1_000;

	private final JdbcClient jdbc;

	private final Clock clock;

	SelectionScan(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	void each(Issue issue, Set<DeliveryState> states, Consumer<Row> action) {
		int after = 0;
		List<Row> page = page(issue, states, after, PAGE);
		while (!page.isEmpty()) {
			page.forEach(action);
			after = page.get(page.size() - 1).subscriberId();
			page = page(issue, states, after, PAGE);
		}
	}

	/** By subscriber id, those after the given one (0 for the first page). */
	List<Row> page(Issue issue, Set<DeliveryState> states, int after, int limit) {
		return this.jdbc.sql("""
				SELECT d.subscriber_id, d.state, d.send_id, s.address,
				%s AS consent
				FROM delivery d
				JOIN subscriber s ON s.id = d.subscriber_id
				LEFT JOIN subscription p ON p.subscriber_id = d.subscriber_id AND p.newsletter_id = :newsletter
				WHERE d.issue_id = :issue AND d.state IN (:states) AND d.subscriber_id > :after
				ORDER BY d.subscriber_id
				LIMIT :limit
				""".formatted(CONSENT))
			.param("now", Utc.of(this.clock.instant()))
			.param("newsletter", issue.newsletterId())
			.param("issue", issue.id())
			.param("states", states.stream().map(DeliveryState::code).toList())
			.param("after", after)
			.param("limit", limit)
			.query((row, n) -> new Row(row.getInt("subscriber_id"), DeliveryState.ofCode(row.getInt("state")),
					row.getInt("send_id"), new EmailAddress(row.getString("address")),
					Consent.valueOf(row.getString("consent"))))
			.list();
	}

	Selection select(Issue issue, Set<DeliveryState> states) {
		Map<Consent, Integer> counts = new EnumMap<>(Consent.class);
		MessageDigest digest = Sha256.begin();
		each(issue, states, (row) -> {
			counts.merge(row.consent(), 1, Integer::sum);
			digest.update("%d %s %d %s\n".formatted(row.subscriberId(), row.state(), row.sendId(), row.consent())
				.getBytes(StandardCharsets.US_ASCII));
		});
		return new Selection(issue, states, counts.values().stream().mapToInt(Integer::intValue).sum(),
				counts.getOrDefault(Consent.RECIPIENT, 0), counts.getOrDefault(Consent.UNCONFIRMED, 0),
				counts.getOrDefault(Consent.UNSUBSCRIBED, 0), counts.getOrDefault(Consent.SUPPRESSED, 0),
				counts.getOrDefault(Consent.PAUSED, 0), HexFormat.of().formatHex(digest.digest()));
	}

}
