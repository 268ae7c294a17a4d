package dev.herald.pacing;

import java.time.Duration;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

import javax.naming.CommunicationException;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

import org.jspecify.annotations.Nullable;

/**
 * Asks the DNS for a domain's first mail server, and remembers the answer. Thread-safe;
 * two threads that want the same domain at once may both ask.
 */
final class MxLookup {

	/** Some 10 MB, and the domains of a list of a million subscribers. */
	static final int MAX_REMEMBERED = 50_000;

	private static final long REMEMBERED_NANOS = 6 * 3_600_000_000_000L;

	/** Of a domain that had no answer: its servers may be back soon. */
	private static final long FAILURE_REMEMBERED_NANOS = 600_000_000_000L;

	/**
	 * So many time-outs in a row are this machine's DNS, not the domains'. Then nothing
	 * is asked for a while: an audience of 10,000 domains must not wait for a dead server
	 * 10,000 times.
	 */
	static final int MAX_TIMEOUTS = 3;

	private static final long PAUSE_NANOS = 30_000_000_000L;

	/** Of the first try of each server; the JDK doubles it for the second. */
	private static final Duration FIRST_TIMEOUT = Duration.ofSeconds(1);

	private static final String TRIES = "2";

	/** JNDI takes no other map. */
	@SuppressWarnings("JdkObsolete")
	private final Hashtable<String, String> environment = new Hashtable<>();

	private final LongSupplier nanoTime;

	private final Map<String, Answer> answers = new LinkedHashMap<>(16, 0.75f, true) {
		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Answer> eldest) {
			return size() > MAX_REMEMBERED;
		}
	};

	private int timeouts;

	private long lastTimeout;

	MxLookup(String servers) {
		this(servers, FIRST_TIMEOUT, System::nanoTime);
	}

	MxLookup(String servers, Duration firstTimeout, LongSupplier nanoTime) {
		this.environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
		this.environment.put(Context.PROVIDER_URL, servers);
		this.environment.put("com.sun.jndi.dns.timeout.initial", String.valueOf(firstTimeout.toMillis()));
		this.environment.put("com.sun.jndi.dns.timeout.retries", TRIES);
		this.nanoTime = nanoTime;
	}

	/**
	 * @param domain in lower-case A-labels
	 * @return the most preferred server in lower case; empty where there is none, or none
	 * is known now
	 */
	String mailServer(String domain) {
		if (!domain.chars().allMatch(MxLookup::isInDomains)) {
			return "";
		}
		synchronized (this.answers) {
			Answer known = this.answers.get(domain);
			if (known != null && this.nanoTime.getAsLong() - known.until() < 0) {
				return known.server();
			}
			if (this.timeouts >= MAX_TIMEOUTS && this.nanoTime.getAsLong() - this.lastTimeout < PAUSE_NANOS) {
				return "";
			}
		}
		return ask(domain);
	}

	/** JNDI would follow a name such as ldap://host/ to that host. */
	private static boolean isInDomains(int c) {
		return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
	}

	private String ask(String domain) {
		try {
			return remember(domain, query(domain), REMEMBERED_NANOS, false);
		}
		catch (NameNotFoundException ex) {
			return remember(domain, "", REMEMBERED_NANOS, false);
		}
		catch (CommunicationException ex) {
			return remember(domain, "", FAILURE_REMEMBERED_NANOS, true);
		}
		catch (NamingException ex) {
			return remember(domain, "", FAILURE_REMEMBERED_NANOS, false);
		}
	}

	private String remember(String domain, String server, long nanos, boolean timeout) {
		synchronized (this.answers) {
			long now = this.nanoTime.getAsLong();
			this.answers.put(domain, new Answer(server, now + nanos));
			this.timeouts = timeout ? this.timeouts + 1 : 0;
			this.lastTimeout = now;
			return server;
		}
	}

	/**
	 * The DNS provider makes strings of MX records, no objects; and the name is none of a
	 * URL.
	 */
	@SuppressWarnings("BanJNDI")
	private String query(String domain) throws NamingException {
		InitialDirContext context = new InitialDirContext(this.environment);
		try {
			return mostPreferred(context.getAttributes(domain + ".", new String[] { "MX" }).get("MX"));
		}
		finally {
			context.close();
		}
	}

	/** A lone dot (RFC 7505) says that the domain takes no mail. */
	private static String mostPreferred(@Nullable Attribute records) throws NamingException {
		String server = "";
		int best = Integer.MAX_VALUE;
		for (int i = 0; records != null && i < records.size(); i++) {
			String[] record = String.valueOf(records.get(i)).split(" ", 2);
			int preference = Integer.parseInt(record[0]);
			if (preference < best) {
				best = preference;
				server = record[1].toLowerCase(Locale.ROOT);
			}
		}
		return server.endsWith(".") ? server.substring(0, server.length() - 1) : server;
	}

	private record Answer(String server, long until) {
	}

}
