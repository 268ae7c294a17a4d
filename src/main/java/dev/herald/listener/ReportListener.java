package dev.herald.listener;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import dev.herald.bounce.Intake;
import dev.herald.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.server.SMTPServer;

import org.springframework.context.SmartLifecycle;

/**
 * The SMTP or LMTP server of the bounce domain. Runs from the start of Herald's server to
 * its stop. Thread-safe.
 */
final class ReportListener implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(ReportListener.class);

	private final ListenerSettings settings;

	private final Recipients recipients;

	private final Intake intake;

	private final @Nullable Supplier<SSLContext> tls;

	private final Clock clock;

	private @Nullable Running running;

	/**
	 * @param tls asked for at each STARTTLS, so that a renewed certificate counts; null
	 * offers none
	 */
	ReportListener(ListenerSettings settings, Recipients recipients, Intake intake, @Nullable Supplier<SSLContext> tls,
			Clock clock) {
		this.settings = settings;
		this.recipients = recipients;
		this.intake = intake;
		this.tls = tls;
		this.clock = clock;
	}

	/**
	 * @throws Problem when nothing can listen there
	 */
	@Override
	public synchronized void start() {
		if (this.running != null) {
			return;
		}
		Conversations conversations = new Conversations(this.settings, this.clock);
		SMTPServer server = server(conversations);
		new Verbs(this.settings, conversations).addTo(server.getCommandHandler());
		try {
			server.start();
		}
		catch (RuntimeException ex) {
			conversations.close();
			throw cannotListen(ex);
		}
		this.running = new Running(server, conversations);
		logger.info("Reports for {} are taken on {}:{} ({})", this.recipients.domain(),
				this.settings.address().getHostAddress(), server.getPortAllocated(), this.settings.protocol());
	}

	private SMTPServer server(Conversations conversations) {
		return new SMTPServer.Builder().hostName(this.recipients.domain())
			.softwareName("Herald")
			.bindAddress(this.settings.address())
			.port(this.settings.port())
			.maxConnections(this.settings.maxConnections())
			.connectionTimeoutMs((int) this.settings.timeout().toMillis())
			.sessionHandler(conversations)
			.messageHandlerFactory((context) -> new Handover(this.settings, this.recipients, this.intake))
			.serverSocketFactory(this::serverSocket)
			.enableTLS(this.tls != null)
			.startTlsSocketFactory(this::overTls)
			.executorService(Executors.newCachedThreadPool((work) -> Conversations.daemon(work, "listener")))
			.serverThreadName("listener-accept")
			.build();
	}

	private ServerSocket serverSocket() {
		try {
			return ClientSocket.listening(this.settings.mailTimeout());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Not the library's own, which asks DNS for the client's name first. */
	private SSLSocket overTls(Socket socket) throws IOException {
		if (this.tls == null) {
			throw new IOException("No STARTTLS was offered");
		}
		SSLSocket secured = (SSLSocket) this.tls.get()
			.getSocketFactory()
			.createSocket(socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
		secured.setUseClientMode(false);
		return secured;
	}

	private Problem cannotListen(RuntimeException ex) {
		Throwable cause = (ex.getCause() != null) ? ex.getCause() : ex;
		return new Problem(Problem.Kind.WORK,
				"herald.bounce.listener.port is %d, and nothing can listen on %s:%d: %s. Stop what does, or set another port or herald.bounce.listener.address."
					.formatted(this.settings.port(), this.settings.address().getHostAddress(), this.settings.port(),
							cause.getMessage()),
				ex);
	}

	/** On 127.0.0.1 or wherever the settings say; 0 while it does not run. */
	synchronized int port() {
		return (this.running != null) ? this.running.server().getPortAllocated() : 0;
	}

	/** What is being recorded is recorded; its client may not hear of it. */
	@Override
	public synchronized void stop() {
		if (this.running != null) {
			this.running.conversations().closeAll();
			this.running.server().stop();
			this.running.conversations().close();
			this.running = null;
		}
	}

	@Override
	public synchronized boolean isRunning() {
		return this.running != null;
	}

	private record Running(SMTPServer server, Conversations conversations) {
	}

}
