package dev.herald.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.herald.address.EmailAddress;

/** The demo's 200 subscribers. Their domains exist nowhere (RFC 2606). */
final class DemoReaders {

	static final int NUMBER = 200;

	/** Every 33rd reader's mailbox is gone. */
	private static final int EVERY_DEAD = 33;

	/** Every 67th reader's is full. */
	private static final int EVERY_FULL = 67;

	private static final String[] GIVEN = { "小满", "Ada", "立春", "Jonas", "思远", "Mira", "可欣", "Tomás", "雨晴", "Noor", "子墨",
			"Inga", "", "Pavel", "嘉禾", "Ruth" };

	private static final String[] FAMILY = { "Lin", "Brandt", "Chen", "Okafor", "Wang", "Silva", "Zhao", "Novak", "Liu",
			"Haddad", "Sun", "Larsen", "Xu" };

	private static final String[] DOMAINS = { "reader.example", "mail.example.org", "post.example.net",
			"inbox.example.com" };

	private DemoReaders() {
	}

	static Path csv(Path folder) {
		StringBuilder csv = new StringBuilder("email,name\n");
		for (int i = 1; i <= NUMBER; i++) {
			String given = GIVEN[i % GIVEN.length];
			String name = given.isEmpty() ? "" : given + " " + FAMILY[i % FAMILY.length];
			csv.append(address(i)).append(',').append(name).append('\n');
		}
		try {
			return Files.writeString(folder.resolve("subscribers.csv"), csv);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String address(int number) {
		String kind = (number % EVERY_DEAD == 0) ? "gone" : (number % EVERY_FULL == 0) ? "full" : "reader";
		return "%s%03d@%s".formatted(kind, number, DOMAINS[number % DOMAINS.length]);
	}

	static boolean isGone(EmailAddress address) {
		return address.localPart().startsWith("gone");
	}

	static boolean isFull(EmailAddress address) {
		return address.localPart().startsWith("full");
	}

	static int bouncing() {
		return NUMBER / EVERY_DEAD + NUMBER / EVERY_FULL;
	}

}
