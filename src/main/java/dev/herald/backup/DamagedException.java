package dev.herald.backup;

import java.io.IOException;

/** A backup does not read as one; the message says why, without its content. */
final class DamagedException extends IOException {

	DamagedException(String why) {
		super(why);
	}

}
