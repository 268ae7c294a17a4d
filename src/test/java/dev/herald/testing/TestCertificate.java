package dev.herald.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A certificate that signs itself, made on the spot, and both sides of TLS with it. */
public final class TestCertificate {

	/** Of the key in {@link #keys()}. */
	public static final String PASSWORD = "changeit";

	private final KeyStore keys;

	private final SSLContext context;

	private final SSLContext trusting;

	private TestCertificate(KeyStore keys) throws GeneralSecurityException {
		this.keys = keys;
		KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		managers.init(keys, PASSWORD.toCharArray());
		this.context = SSLContext.getInstance("TLS");
		this.context.init(managers.getKeyManagers(), null, null);
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		KeyStore certificates = empty();
		certificates.setCertificateEntry("relay", keys.getCertificate("relay"));
		trust.init(certificates);
		this.trusting = SSLContext.getInstance("TLS");
		this.trusting.init(null, trust.getTrustManagers(), null);
	}

	/**
	 * @param name {@code ip:127.0.0.1}, {@code dns:mx.test}
	 */
	public static TestCertificate of(String name) {
		try {
			KeyPair pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
			Instant now = Instant.now();
			X509Certificate certificate = SelfSigned.of(pair, "relay", name, now.minus(Duration.ofDays(1)),
					now.plus(Duration.ofDays(1)));
			KeyStore keys = empty();
			keys.setKeyEntry("relay", pair.getPrivate(), PASSWORD.toCharArray(), new Certificate[] { certificate });
			return new TestCertificate(keys);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static KeyStore empty() throws GeneralSecurityException {
		KeyStore store = KeyStore.getInstance("PKCS12");
		try {
			store.load(null, null);
			return store;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public KeyStore keys() {
		return this.keys;
	}

	/** Of a server that shows it. */
	public SSLContext context() {
		return this.context;
	}

	/** Of a client that believes this certificate. */
	public SSLContext trusting() {
		return this.trusting;
	}

	/** The server's side of TLS on a connection in clear. */
	Socket overTls(Socket socket) throws IOException {
		SSLSocket tls = (SSLSocket) this.context.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
		tls.setUseClientMode(false);
		return tls;
	}

}
