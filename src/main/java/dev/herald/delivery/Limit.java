package dev.herald.delivery;

import dev.herald.settings.Origin;
import dev.herald.problem.Sentence;
import org.jspecify.annotations.Nullable;

/**
 * A value that bounds how mail leaves, as it counts now.
 *
 * @param name as in batch/send-issue.yaml; of a relay {@code relays.NAME.rate}
 * @param value as it is written there; empty for no limit
 * @param origin where the value comes from
 * @param written what the files say, where it was changed at run time
 * @param optional whether there may be no limit
 * @param changeable whether it can be changed while Herald runs; else the file is changed
 * and Herald started again
 * @param change where it was changed at run time, whether it fits or not
 * @param unfit why that change does not count; null where it does
 */
public record Limit(String name, String value, Origin origin, String written, boolean optional, boolean changeable,
		@Nullable LimitChange change, @Nullable Sentence unfit) {

	/** The part of the page that it belongs to. */
	public Group group() {
		if (this.name.startsWith(CurrentSettings.RELAY_PREFIX)) {
			return Group.RELAYS;
		}
		if (this.name.equals(CurrentSettings.WARM_UP)) {
			return Group.WARM_UP;
		}
		if (this.name.startsWith("pacing.providers.")) {
			return Group.PROVIDERS;
		}
		return this.name.startsWith("pacing.") ? Group.PACING : Group.SENDING;
	}

	/** The name of the relay or provider; empty where it belongs to none. */
	public String owner() {
		return switch (group()) {
			case RELAYS -> this.name.substring(CurrentSettings.RELAY_PREFIX.length(), this.name.lastIndexOf('.'));
			case PROVIDERS -> this.name.substring("pacing.providers.".length(), this.name.lastIndexOf('.'));
			case WARM_UP, PACING, SENDING -> "";
		};
	}

	/** Its name without that of the owner, such as {@code rate}. */
	public String kind() {
		return owner().isEmpty() ? this.name : this.name.substring(this.name.lastIndexOf('.') + 1);
	}

	/** What limits are about. */
	public enum Group {

		RELAYS, SENDING, WARM_UP, PACING, PROVIDERS

	}

}
