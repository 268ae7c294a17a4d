package dev.herald.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A certificate that signs itself, made on the spot by the JDK's keytool. */
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
		KeyStore certificates = KeyStore.getInstance(KeyStore.getDefaultType());
		try {
			certificates.load(null, null);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		certificates.setCertificateEntry("relay", keys.getCertificate("relay"));
		trust.init(certificates);
		this.trusting = SSLContext.getInstance("TLS");
		this.trusting.init(null, trust.getTrustManagers(), null);
	}

	/**
	 * @param name as keytool's -ext san wants it: {@code ip:127.0.0.1},
	 * {@code dns:mx.test}
	 */
	public static TestCertificate of(String name) {
		try {
			Path folder = Files.createTempDirectory("herald-certificate");
			Path store = folder.resolve("store.p12");
			try {
				keytool(store, name);
				return new TestCertificate(keys(store));
			}
			finally {
				Files.deleteIfExists(store);
				Files.delete(folder);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (GeneralSecurityException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void keytool(Path store, String name) throws IOException, InterruptedException {
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "relay", "-keyalg", "EC", "-dname", "CN=relay", "-ext", "san=" + name,
				"-validity", "2", "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", PASSWORD)
			.redirectErrorStream(true)
			.start();
		String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		if (keytool.waitFor() != 0) {
			throw new IOException("keytool failed: " + said);
		}
	}

	private static KeyStore keys(Path store) throws IOException, GeneralSecurityException {
		KeyStore keys = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(store)) {
			keys.load(in, PASSWORD.toCharArray());
		}
		return keys;
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
