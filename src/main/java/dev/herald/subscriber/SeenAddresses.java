package dev.herald.subscriber;

import java.nio.charset.StandardCharsets;

/**
 * Tells rows that repeat an address, in at most 32 bytes an address instead of the
 * address itself. Compares 64-bit hashes: two of a million addresses share one with a
 * chance of 3 in 100 million, and then one row is counted wrongly, no more.
 */
final class SeenAddresses {

	private long[] table = new long[1 << 12];

	private int size;

	/** Whether this one is new. */
	boolean add(String matchKey) {
		if (this.size * 2 >= this.table.length) {
			grow();
		}
		boolean added = put(this.table, hash(matchKey));
		this.size += added ? 1 : 0;
		return added;
	}

	private void grow() {
		long[] larger = new long[this.table.length * 2];
		for (long hash : this.table) {
			if (hash != 0) {
				put(larger, hash);
			}
		}
		this.table = larger;
	}

	private static boolean put(long[] table, long hash) {
		int mask = table.length - 1;
		for (int i = (int) hash & mask;; i = (i + 1) & mask) {
			if (table[i] == 0) {
				table[i] = hash;
				return true;
			}
			if (table[i] == hash) {
				return false;
			}
		}
	}

	/** FNV-1a, then the finisher of MurmurHash3 to spread it; never 0. */
	private static long hash(String text) {
		long hash = 0xcbf29ce484222325L;
		for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
			hash = (hash ^ (octet & 0xff)) * 0x100000001b3L;
		}
		hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
		hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
		hash ^= hash >>> 33;
		return (hash != 0) ? hash : 1;
	}

}
