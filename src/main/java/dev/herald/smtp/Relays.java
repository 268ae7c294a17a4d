package dev.herald.smtp;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.herald.problem.Problem;

/**
 * The relays of this installation, from {@code herald.relays} or, for one without further
 * wishes, from {@code spring.mail.*}.
 *
 * @param all in the order of the settings; empty means that sends are rehearsals
 */
public record Relays(List<Relay> all) {

	/**
	 * @throws Problem where two have one name
	 */
	public Relays {
		all = List.copyOf(all);
		Set<String> names = new HashSet<>();
		for (Relay relay : all) {
			if (!names.add(relay.name())) {
				throw Problem.usage(
						"herald.relays has two relays with the name '%s'. Give each its own.".formatted(relay.name()));
			}
		}
	}

	/**
	 * @throws Problem where both ways to name a relay are used
	 */
	static Relays of(RelayList list, RelaySettings single) {
		if (!single.present()) {
			return new Relays(list.relays());
		}
		if (!list.relays().isEmpty()) {
			throw Problem.usage(
					"Both herald.relays and spring.mail.host name a relay. Move what spring.mail says into herald.relays, or drop herald.relays.");
		}
		return new Relays(List.of(single.relay()));
	}

	public boolean present() {
		return !this.all.isEmpty();
	}

}
