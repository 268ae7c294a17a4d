package dev.herald.delivery;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;

import dev.herald.newsletter.Newsletters;
import dev.herald.pacing.PacingSettings;
import dev.herald.pacing.WarmUp;
import dev.herald.settings.NeedsBatch;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Spreads the recipients of a send over the days, where its sender domain or the relay is
 * being warmed up. Thread-safe.
 */
@NeedsBatch
@Component
class WarmUps {

	private final JdbcClient jdbc;

	private final CurrentSettings settings;

	private final Newsletters newsletters;

	private final Clock clock;

	WarmUps(JdbcClient jdbc, CurrentSettings settings, Newsletters newsletters, Clock clock) {
		this.jdbc = jdbc;
		this.settings = settings;
		this.newsletters = newsletters;
		this.clock = clock;
	}

	/**
	 * How many recipients are due when; the first portion is for the most engaged. Empty
	 * where nothing is being warmed up: all are due at once.
	 * @param recipients counted only where there is a plan
	 */
	List<WarmUp.Portion> portions(Send send, int newsletterId, IntSupplier recipients) {
		if (send.rehearsal()) {
			return List.of();
		}
		String domain = this.newsletters.byId(newsletterId).sender().address().domain();
		Optional<WarmUp> ofDomain = pacing().warmUpOf(domain);
		Optional<WarmUp> plan = ofDomain.or(this::ofRelays);
		if (plan.isEmpty()) {
			return List.of();
		}
		Instant start = this.clock.instant();
		Map<LocalDate, Long> planned = planned(send, ofDomain.isPresent() ? domain : "");
		return plan.get().spread(recipients.getAsInt(), start, send.zone(), (day) -> planned.getOrDefault(day, 0L));
	}

	private PacingSettings pacing() {
		return this.settings.send().pacing();
	}

	/**
	 * Where one of several relays has no plan, it carries what is too much for the
	 * others.
	 */
	private Optional<WarmUp> ofRelays() {
		List<WarmUp> plans = this.settings.relays()
			.all()
			.stream()
			.flatMap((relay) -> pacing().warmUpOf(relay.name()).stream())
			.toList();
		int all = this.settings.relays().all().size();
		return (all == 1) ? plans.stream().findFirst() : Optional
			.ofNullable(RelayCeilings.together(plans, all, LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC)));
	}

	/**
	 * What other sends have planned, by day. Deliveries that are planned together are due
	 * at the same second, so there are few different times.
	 * @param senderDomain empty for all
	 */
	private Map<LocalDate, Long> planned(Send send, String senderDomain) {
		Instant today = startOfDay(send.zone());
		Map<LocalDate, Long> byDay = new HashMap<>();
		this.jdbc.sql("""
				SELECT d.due_at, COUNT(*) AS planned FROM send o
				JOIN issue i ON i.id = o.issue_id JOIN newsletter n ON n.id = i.newsletter_id
				JOIN delivery d ON d.send_id = o.id
				WHERE o.rehearsal = 0 AND o.id <> :send AND d.due_at >= :today AND d.state NOT IN (6, 7, 8)
				AND n.sender_address LIKE :sender
				GROUP BY d.due_at
				""")
			.param("send", send.id())
			.param("today", LedgerTime.of(today))
			.param("sender", "%@" + (senderDomain.isEmpty() ? "%" : senderDomain))
			.query((row) -> {
				LocalDate day = LedgerTime.read(row.getInt("due_at")).atZone(send.zone()).toLocalDate();
				byDay.merge(day, row.getLong("planned"), Long::sum);
			});
		return byDay;
	}

	private Instant startOfDay(ZoneId zone) {
		return this.clock.instant().atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
	}

}
