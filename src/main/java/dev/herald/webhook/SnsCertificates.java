package dev.herald.webhook;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

import org.springframework.stereotype.Component;

/**
 * The certificates that Amazon SNS signs with, kept once they were fetched. They come
 * without their issuers, so what vouches for them is TLS to the host that they are
 * fetched from. Thread-safe.
 */
@Component
class SnsCertificates {

	/** Amazon changes them about once a year; a stranger can't make up one. */
	private static final int MOST_KEPT = 20;

	/** General name of the type dNSName (RFC 5280 section 4.2.1.6). */
	private static final int DNS_NAME = 2;

	private final SnsFetch fetch;

	private final Clock clock;

	private final Map<URI, X509Certificate> kept = new ConcurrentHashMap<>();

	/** One fetch at a time: whoever knows a topic's name can ask for any number. */
	private final ReentrantLock fetching = new ReentrantLock();

	SnsCertificates(SnsFetch fetch, Clock clock) {
		this.fetch = fetch;
		this.clock = clock;
	}

	/**
	 * @throws IOException where it can't be had now
	 * @throws CertificateException where it is none, not valid today, or another's
	 */
	X509Certificate get(URI address, SnsHost host) throws IOException, CertificateException {
		X509Certificate known = this.kept.get(address);
		X509Certificate certificate = (known != null) ? known : fetch(address);
		certificate.checkValidity(Date.from(this.clock.instant()));
		if (names(certificate).stream().noneMatch(host.subjects()::contains)) {
			throw new CertificateException("made out to somebody else");
		}
		if (this.kept.size() >= MOST_KEPT) {
			this.kept.clear();
		}
		this.kept.put(address, certificate);
		return certificate;
	}

	private X509Certificate fetch(URI address) throws IOException, CertificateException {
		try {
			if (!this.fetching.tryLock(2, TimeUnit.SECONDS)) {
				throw new IOException("another certificate is being fetched");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException("interrupted");
		}
		try {
			X509Certificate known = this.kept.get(address);
			return (known != null) ? known : parse(this.fetch.get(address));
		}
		finally {
			this.fetching.unlock();
		}
	}

	private static X509Certificate parse(byte[] pem) throws CertificateException {
		return (X509Certificate) CertificateFactory.getInstance("X.509")
			.generateCertificate(new ByteArrayInputStream(pem));
	}

	private static Set<String> names(X509Certificate certificate) throws CertificateException {
		Set<String> names = new HashSet<>(alternatives(certificate));
		try {
			for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
				if (part.getType().equalsIgnoreCase("CN")) {
					names.add(part.getValue().toString());
				}
			}
		}
		catch (InvalidNameException ex) {
			throw new CertificateException("made out to nobody that can be read", ex);
		}
		return names;
	}

	private static List<String> alternatives(X509Certificate certificate) throws CertificateParsingException {
		Collection<List<?>> names = certificate.getSubjectAlternativeNames();
		return (names == null) ? List.of()
				: names.stream()
					.filter((name) -> name.get(0).equals(DNS_NAME))
					.map((name) -> String.valueOf(name.get(1)))
					.toList();
	}

}
