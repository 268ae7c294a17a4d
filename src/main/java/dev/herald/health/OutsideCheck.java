package dev.herald.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import dev.herald.bounce.MailboxVisits;
import dev.herald.bounce.MailboxVisits.Visit;
import dev.herald.delivery.Limits;
import dev.herald.health.Condition.Area;
import dev.herald.settings.NeedsBatch;
import dev.herald.smtp.Relay;
import dev.herald.smtp.RelayLook;
import dev.herald.smtp.SendOutcome;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Relays and bounce mailboxes: each is connected to and signed in to, all at the same
 * time, and left again.
 */
@NeedsBatch
@Component
class OutsideCheck implements DisposableBean {

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	/** Connecting, TLS and signing in may each take the patience. */
	private static final Duration LONGEST = Duration.ofSeconds(15);

	/** Greetings tell whole seconds, and some relays are a little off: no harm. */
	private static final Duration CLOCK_OFF = Duration.ofMinutes(1);

	private final ExecutorService threads = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "health");
		thread.setDaemon(true);
		return thread;
	});

	private final Limits limits;

	private final MailboxVisits mailboxes;

	OutsideCheck(Limits limits, MailboxVisits mailboxes) {
		this.limits = limits;
		this.mailboxes = mailboxes;
	}

	List<Condition> look() {
		List<Relay> relays = this.limits.relays().all();
		List<Callable<List<Condition>>> looks = new ArrayList<>();
		relays.forEach((relay) -> looks.add(() -> relay(RelayLook.at(relay, PATIENCE))));
		this.mailboxes.all()
			.forEach((entry) -> looks.add(() -> List.of(mailbox(entry.name(), this.mailboxes.visit(entry.name())))));
		List<Condition> conditions = new ArrayList<>();
		if (relays.isEmpty()) {
			conditions.add(Condition.good(Area.RELAYS, "health.relays.none"));
		}
		conditions.addAll(together(looks));
		if (this.mailboxes.all().isEmpty()) {
			conditions.add(Condition.good(Area.MAILBOXES, "health.mailboxes.none"));
		}
		return conditions;
	}

	private List<Condition> together(List<Callable<List<Condition>>> looks) {
		List<Condition> conditions = new ArrayList<>();
		try {
			for (Future<List<Condition>> look : this.threads.invokeAll(looks, LONGEST.toMillis(),
					TimeUnit.MILLISECONDS)) {
				conditions.addAll(look.isCancelled() ? List.of(Condition.warning(Area.RELAYS, "health.outside.silent"))
						: look.get());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException ex) {
			conditions.add(Condition.bad(Area.RELAYS, "health.fault", String.valueOf(ex.getCause())));
		}
		return conditions;
	}

	static List<Condition> relay(RelayLook look) {
		List<Condition> conditions = new ArrayList<>();
		String name = look.relay().toString();
		SendOutcome trouble = look.trouble().orElse(null);
		if (trouble instanceof SendOutcome.RelayUnavailable unavailable) {
			conditions.add(Condition.bad(Area.RELAYS, "health.relay.away", name, unavailable.reason()));
		}
		else if (trouble instanceof SendOutcome.Refused refused) {
			conditions.add(Condition.bad(Area.RELAYS, "health.relay.refused", name, refused.reason()));
		}
		else {
			conditions.add(Condition.good(Area.RELAYS, "health.relay.good", name));
		}
		look.ahead()
			.filter((ahead) -> ahead.abs().compareTo(CLOCK_OFF) > 0)
			.ifPresent((ahead) -> conditions
				.add(Condition.warning(Area.CLOCK, "health.clock.relay", name, ahead.toSeconds())));
		return conditions;
	}

	private static Condition mailbox(String name, Visit visit) {
		if (visit instanceof Visit.Failed failed) {
			return Condition.warning(Area.MAILBOXES, "health.mailbox." + failed.trouble(), name, failed.detail());
		}
		return Condition.good(Area.MAILBOXES, "health.mailbox.good", name, ((Visit.Open) visit).mails());
	}

	@Override
	public void destroy() {
		this.threads.shutdown();
	}

}
