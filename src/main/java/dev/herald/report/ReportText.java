package dev.herald.report;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import dev.herald.bounce.BounceWaves.Wave;
import dev.herald.bounce.Bounces.BounceCount;
import dev.herald.delivery.DeliveryState;
import dev.herald.delivery.Send;
import org.jspecify.annotations.Nullable;

/** A report as text for a terminal, at most 80 columns but for the sentence. */
public final class ReportText {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss z", Locale.ENGLISH);

	private ReportText() {
	}

	/**
	 * @param zone of the times
	 */
	public static String of(DeliveryReport report, ZoneId zone) {
		StringBuilder text = new StringBuilder();
		line(text, "%s (%s/%s)".formatted(report.title(), report.newsletterKey(), report.slug()));
		line(text, report.sentence().in(ReportWords.english()));
		Send send = report.send();
		if (send != null) {
			send(text, send, zone);
		}
		if (report.counts().recipients() > 0) {
			deliveries(text, report);
		}
		for (BounceCount count : report.bounces()) {
			line(text, "  %-14s %,9d  %s".formatted(count.bounceClass().name().toLowerCase(Locale.ROOT) + " bounce",
					count.recipients(), count.reason()));
		}
		for (Wave wave : report.heldWaves()) {
			line(text,
					"  %-14s %,9d  of these say the same, from one mailbox provider; they count as soft until you decide: herald bounce waves (%d: %s)"
						.formatted("held", wave.bounces(), wave.id(), wave.text()));
		}
		line(text, "  %-14s %,9d".formatted("unsubscribed", report.unsubscribed()));
		line(text, "  %-14s %,9d".formatted("complaints", report.complaints()));
		return text.toString();
	}

	private static void send(StringBuilder text, Send send, ZoneId zone) {
		line(text, "");
		line(text, "  %-14s %s%s".formatted("send", send.status().inWords(), send.rehearsal() ? ", a rehearsal" : ""));
		if (send.reason() != null) {
			line(text, "  %-14s %s".formatted("because", send.reason()));
		}
		time(text, "due", send.dueAt(), zone);
		time(text, "finished", send.finishedAt(), zone);
		Send.OfSegment segment = send.segment();
		if (segment != null) {
			line(text, "  %-14s %s (%s)".formatted("segment", segment.key(), segment.name()));
		}
		Send.Audience audience = send.audience();
		if (audience != null) {
			line(text, "  %-14s %,9d  of %,d subscriptions; %s".formatted("audience", audience.recipients(),
					audience.subscriptions(), audience.exclusions()));
		}
	}

	private static void time(StringBuilder text, String name, @Nullable Instant time, ZoneId zone) {
		if (time != null) {
			line(text, "  %-14s %s".formatted(name, TIME.format(time.atZone(zone))));
		}
	}

	private static void deliveries(StringBuilder text, DeliveryReport report) {
		for (DeliveryState state : DeliveryState.values()) {
			int number = report.counts().of(state);
			if (number > 0 || state == DeliveryState.ACCEPTED) {
				line(text, "  %-14s %,9d".formatted(state.name().toLowerCase(Locale.ROOT), number));
			}
		}
	}

	private static void line(StringBuilder text, String line) {
		text.append(line).append('\n');
	}

}
