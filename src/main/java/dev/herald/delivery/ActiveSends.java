package dev.herald.delivery;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.stereotype.Component;

/**
 * The sends that this process works on now, by id: how the steps of a job find theirs.
 * Thread-safe.
 */
@Component
class ActiveSends {

	private final Map<Integer, ActiveSend> active = new ConcurrentHashMap<>();

	/**
	 * @return false where this process works on it already
	 */
	boolean add(ActiveSend send) {
		return this.active.putIfAbsent(send.send().id(), send) == null;
	}

	void remove(ActiveSend send) {
		this.active.remove(send.send().id(), send);
	}

	ActiveSend require(int sendId) {
		ActiveSend send = this.active.get(sendId);
		if (send == null) {
			throw new IllegalStateException("Send " + sendId
					+ " is not owned by this process: the job send-issue is started by SendRunner alone");
		}
		return send;
	}

	boolean isEmpty() {
		return this.active.isEmpty();
	}

	void stopAll() {
		this.active.values().forEach(ActiveSend::stop);
	}

}
