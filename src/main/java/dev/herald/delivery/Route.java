package dev.herald.delivery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import dev.herald.problem.Sentence;
import dev.herald.smtp.Relay;
import org.jspecify.annotations.Nullable;

import org.springframework.core.task.SimpleAsyncTaskExecutor;

/**
 * A way for mail to leave: relays, their connections, and the deliveries that wait for
 * them. The relays of the settings are one, shared by all sends; the built-in mailbox of
 * rehearsals is another. Its connections are threads that come with the first lane and go
 * some seconds after the last. Thread-safe.
 */
final class Route {

	private final Lanes lanes;

	private final List<RelayState> relays;

	private final RelayWorker.Parts parts;

	/** Made so far, for each relay. */
	private final Map<RelayState, Integer> made = new HashMap<>();

	private final List<RelayWorker> idle = new ArrayList<>();

	private final SimpleAsyncTaskExecutor threads = new SimpleAsyncTaskExecutor("relay-");

	/**
	 * @param connections to a relay that does not say how many
	 * @param ceilings of the day, of relays that are being warmed up beside others
	 */
	Route(List<Relay> relays, int connections, Function<Relay, RelayCeilings.@Nullable Ceiling> ceilings,
			RelayWorker.Parts parts) {
		this.lanes = new Lanes(parts.traffic());
		this.parts = parts;
		this.relays = relays.stream()
			.map((relay) -> new RelayState(relay, connections, ceilings.apply(relay)))
			.toList();
		for (RelayState relay : this.relays) {
			relay.among(this.relays);
			makeWorkers(relay);
		}
		this.threads.setDaemon(true);
		// Before Java 24 a virtual thread that waits within a monitor, as in Angus's
		// transport, keeps its carrier, of which there are as many as processors.
		this.threads.setVirtualThreads(Runtime.version().feature() >= 24);
	}

	private void makeWorkers(RelayState relay) {
		for (int number = this.made.getOrDefault(relay, 0); number < relay.connections(); number++) {
			this.idle.add(new RelayWorker(this, relay, number, this.parts));
			this.made.put(relay, number + 1);
		}
	}

	/** Other limits of the same relays, in the same order, from now on. */
	synchronized void set(List<Relay> relays, int connections) {
		for (int i = 0; i < this.relays.size(); i++) {
			this.relays.get(i).set(relays.get(i), connections);
			makeWorkers(this.relays.get(i));
		}
		if (!this.lanes.open().isEmpty()) {
			start();
		}
		this.lanes.lookAgain();
	}

	/** Whether the worker is one more than its relay may have connections now. */
	static boolean rests(RelayWorker worker) {
		return worker.number() >= worker.relay().connections();
	}

	/**
	 * @return false where its relay may have more connections again
	 */
	synchronized boolean park(RelayWorker worker) {
		return rests(worker) && this.idle.add(worker);
	}

	private void start() {
		List<RelayWorker> needed = this.idle.stream().filter((worker) -> !rests(worker)).toList();
		this.idle.removeAll(needed);
		needed.forEach(this.threads::execute);
	}

	Lanes lanes() {
		return this.lanes;
	}

	List<RelayState> relays() {
		return this.relays;
	}

	synchronized void open(Lane lane) {
		this.lanes.open(lane);
		start();
	}

	/** A worker that finds nothing to do leaves, unless a lane has come meanwhile. */
	synchronized boolean leave(RelayWorker worker) {
		if (!this.lanes.open().isEmpty()) {
			return false;
		}
		this.idle.add(worker);
		return true;
	}

	/** Whether a message can leave at all. */
	boolean answers() {
		return this.relays.stream().anyMatch(RelayState::answers);
	}

	/** Whether each relay has carried what its warm-up plan allows for the day. */
	boolean isAtCeiling() {
		return this.relays.stream().allMatch(RelayState::isAtCeiling);
	}

	/** Tells every send on this route why nothing leaves. */
	void waiting(Sentence reason) {
		this.lanes.open().forEach((lane) -> lane.send.waiting(reason));
	}

	/** Holds every send on this route: the relay refuses us, whoever the reader is. */
	void hold(Sentence reason) {
		this.lanes.open().forEach((lane) -> lane.send.hold(reason));
		this.lanes.lookAgain();
	}

}
