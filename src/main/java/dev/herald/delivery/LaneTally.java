package dev.herald.delivery;

import java.util.concurrent.atomic.LongAdder;

/**
 * What a lane's messages were answered since it was opened. Thread-safe; read while it
 * changes, so its sums are of about the same moment.
 */
final class LaneTally {

	final LongAdder accepted = new LongAdder();

	final LongAdder deferred = new LongAdder();

	final LongAdder rejected = new LongAdder();

}
