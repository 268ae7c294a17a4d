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

/** A certificate that signs itself, made on the spot by the JDK's keytool. */
public final class TestCertificate {

	private static final String PASSWORD = "changeit";

	private final SSLContext context;

	private TestCertificate(SSLContext context) {
		this.context = context;
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
				return new TestCertificate(context(store));
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

	private static SSLContext context(Path store) throws IOException, GeneralSecurityException {
		KeyStore keys = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(store)) {
			keys.load(in, PASSWORD.toCharArray());
		}
		KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		managers.init(keys, PASSWORD.toCharArray());
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(managers.getKeyManagers(), null, null);
		return context;
	}

	/** Of a server that shows it. */
	public SSLContext context() {
		return this.context;
	}

	/** The server's side of TLS on a connection in clear. */
	Socket overTls(Socket socket) throws IOException {
		SSLSocket tls = (SSLSocket) this.context.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
		tls.setUseClientMode(false);
		return tls;
	}

}
