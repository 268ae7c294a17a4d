package dev.herald.probe;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What the whole internet can reach. An issue is written by an editor, and must not make
 * Herald ask the router, a database's console or a cloud's metadata (169.254.169.254,
 * fd00:ec2::254) on behalf of its author. Immutable.
 */
public final class PublicAddresses implements AddressRule {

	/** IANA's special-purpose registry (RFC 6890), first octet and up, with bits. */
	private static final List<Block> SPECIAL = List.of(block(8, 0), block(8, 10), block(10, 100, 64), block(8, 127),
			block(16, 169, 254), block(12, 172, 16), block(24, 192, 0, 0), block(24, 192, 0, 2), block(16, 192, 168),
			block(15, 198, 18), block(24, 198, 51, 100), block(24, 203, 0, 113), block(3, 224));

	private final Set<String> trusted;

	/**
	 * @param trusted host names that are asked wherever they are, in lower case
	 */
	public PublicAddresses(Set<String> trusted) {
		this.trusted = Set.copyOf(trusted);
	}

	@Override
	public boolean allows(String host, InetAddress address) {
		return this.trusted.contains(host.toLowerCase(Locale.ROOT)) || isPublic(address.getAddress());
	}

	private static boolean isPublic(byte[] octets) {
		if (octets.length == 4) {
			return SPECIAL.stream().noneMatch((block) -> block.has(octets));
		}
		// IPv6: only 2000::/3 is given out. In 2001::/23 is Teredo, 2001:db8::/32 and
		// 3fff::/20 are documentation, 2002::/16 carries an IPv4 address (RFC 3056).
		if ((octets[0] & 0xE0) != 0x20) {
			return isTranslated(octets) && isPublic(Arrays.copyOfRange(octets, 12, 16));
		}
		boolean protocol = octets[0] == 0x20 && octets[1] == 0x01 && (octets[2] & 0xFE) == 0;
		boolean documentation = (octets[0] == 0x20 && octets[1] == 0x01 && octets[2] == 0x0D
				&& (octets[3] & 0xFF) == 0xB8)
				|| (octets[0] == 0x3F && (octets[1] & 0xFF) == 0xFF && (octets[2] & 0xF0) == 0);
		boolean carries = octets[0] == 0x20 && octets[1] == 0x02;
		return !protocol && !documentation && (!carries || isPublic(Arrays.copyOfRange(octets, 2, 6)));
	}

	/** NAT64 (RFC 6052): 64:ff9b::/96 and an IPv4 address. */
	private static boolean isTranslated(byte[] octets) {
		byte[] prefix = { 0, 0x64, (byte) 0xFF, (byte) 0x9B, 0, 0, 0, 0, 0, 0, 0, 0 };
		return Arrays.equals(octets, 0, 12, prefix, 0, 12);
	}

	private static Block block(int bits, int... octets) {
		return new Block(bits, number(octets));
	}

	private static int number(int... octets) {
		int number = 0;
		for (int i = 0; i < 4; i++) {
			number = (number << 8) | ((i < octets.length) ? octets[i] : 0);
		}
		return number;
	}

	private record Block(int bits, int start) {

		boolean has(byte[] octets) {
			int number = number(octets[0] & 0xFF, octets[1] & 0xFF, octets[2] & 0xFF, octets[3] & 0xFF);
			return (number ^ this.start) >>> (32 - this.bits) == 0;
		}

	}

}
