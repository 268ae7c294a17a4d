package dev.herald.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.herald.testing.ScriptedSmtpServer.Script;
import dev.herald.testing.ScriptedSmtpServer.Stage;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ScriptedSmtpServer} offers, and how it behaves. Unless told otherwise it
 * offers 8BITMIME and ENHANCEDSTATUSCODES, in clear, to any number of connections.
 */
public final class ScriptedSmtpOptions {

	private final Script script;

	private final Map<Stage, Duration> delays = new EnumMap<>(Stage.class);

	private boolean pipelining;

	private boolean smtpUtf8;

	private boolean eightBitMime = true;

	private boolean keepContents = true;

	private int maxConnections = Integer.MAX_VALUE;

	private @Nullable TestCertificate certificate;

	private boolean tlsFromTheStart;

	private @Nullable String credentials;

	ScriptedSmtpOptions(Script script) {
		this.script = script;
	}

	/** Offers PIPELINING. */
	public ScriptedSmtpOptions pipelining() {
		this.pipelining = true;
		return this;
	}

	/** Offers SMTPUTF8. */
	public ScriptedSmtpOptions smtpUtf8() {
		this.smtpUtf8 = true;
		return this;
	}

	public ScriptedSmtpOptions withoutEightBitMime() {
		this.eightBitMime = false;
		return this;
	}

	/** Remembers senders and recipients alone. */
	public ScriptedSmtpOptions forgetContents() {
		this.keepContents = false;
		return this;
	}

	/** Those above it get a 421 and are closed. */
	public ScriptedSmtpOptions maxConnections(int connections) {
		this.maxConnections = connections;
		return this;
	}

	/** Before each reply at that stage. */
	public ScriptedSmtpOptions delay(Stage stage, Duration delay) {
		this.delays.put(stage, delay);
		return this;
	}

	/** Offers STARTTLS until it is done. */
	public ScriptedSmtpOptions startTls(TestCertificate certificate) {
		this.certificate = certificate;
		return this;
	}

	/** Speaks TLS from the first byte. */
	public ScriptedSmtpOptions tls(TestCertificate certificate) {
		this.certificate = certificate;
		this.tlsFromTheStart = true;
		return this;
	}

	/** Offers AUTH PLAIN and LOGIN, and takes these alone. */
	public ScriptedSmtpOptions auth(String username, String password) {
		this.credentials = username + '\0' + password;
		return this;
	}

	public ScriptedSmtpServer start() {
		return start(0);
	}

	public ScriptedSmtpServer start(int port) {
		return ScriptedSmtpServer.start(port, this);
	}

	String reply(Stage stage, String argument, boolean encrypted) {
		String reply = this.script.reply(stage, argument);
		if (reply != null) {
			return reply;
		}
		return (stage == Stage.EHLO) ? greeting(encrypted) : stage.usual();
	}

	private String greeting(boolean encrypted) {
		List<String> lines = new ArrayList<>(List.of("scripted.test"));
		if (this.pipelining) {
			lines.add("PIPELINING");
		}
		if (this.eightBitMime) {
			lines.add("8BITMIME");
		}
		if (this.smtpUtf8) {
			lines.add("SMTPUTF8");
		}
		if (this.certificate != null && !encrypted) {
			lines.add("STARTTLS");
		}
		if (this.credentials != null) {
			lines.add("AUTH PLAIN LOGIN");
		}
		return "250-" + String.join("\r\n250-", lines) + "\r\n250 ENHANCEDSTATUSCODES";
	}

	Duration delay(Stage stage) {
		return this.delays.getOrDefault(stage, Duration.ZERO);
	}

	boolean keepsContents() {
		return this.keepContents;
	}

	int maxConnections() {
		return this.maxConnections;
	}

	@Nullable TestCertificate certificate() {
		return this.certificate;
	}

	boolean tlsFromTheStart() {
		return this.tlsFromTheStart;
	}

	boolean letsIn(String username, String password) {
		return (username + '\0' + password).equals(this.credentials);
	}

}
