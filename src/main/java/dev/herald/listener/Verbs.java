package dev.herald.listener;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.herald.listener.ListenerSettings.Protocol;
import org.subethamail.smtp.DropConnectionException;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.internal.io.DotTerminatedInputStream;
import org.subethamail.smtp.internal.io.DotUnstuffingInputStream;
import org.subethamail.smtp.internal.server.CommandHandler;
import org.subethamail.smtp.server.Session;

/**
 * The commands of SMTP or LMTP in the place of the library's own, which know no LMTP, no
 * PIPELINING and no enhanced status codes, and stay within a transaction after a refused
 * mail. Thread-safe.
 */
final class Verbs {

	/** RFC 6152, RFC 6531. */
	private static final Set<String> PLAIN_PARAMETERS = Set.of("BODY=7BIT", "BODY=8BITMIME", "SMTPUTF8");

	private final ListenerSettings settings;

	private final Conversations conversations;

	Verbs(ListenerSettings settings, Conversations conversations) {
		this.settings = settings;
		this.conversations = conversations;
	}

	void addTo(CommandHandler commands) {
		if (this.settings.protocol() == Protocol.LMTP) {
			commands.addCommand(new Verb("LHLO", this::greetExtended));
			// RFC 2033 section 4.1: so that nobody takes one protocol for the other.
			refuse(commands, "500 5.5.1 This is LMTP", "EHLO", "HELO");
		}
		else {
			commands.addCommand(new Verb("EHLO", this::greetExtended));
			commands.addCommand(new Verb("HELO", this::greet));
		}
		commands.addCommand(new Verb("MAIL", this::mail));
		commands.addCommand(new Verb("RCPT", this::rcpt));
		commands.addCommand(new Verb("DATA", this::data));
		commands.addCommand(new Verb("RSET", (argument, session) -> {
			session.resetMailTransaction();
			return "250 2.0.0 Ok";
		}));
		commands.addCommand(new Verb("NOOP", (argument, session) -> "250 2.0.0 Ok"));
		commands.addCommand(new Verb("QUIT", (argument, session) -> {
			throw new DropConnectionException(221, "2.0.0 Bye");
		}));
		refuse(commands, "502 5.5.1 Not offered", "AUTH", "BDAT", "EXPN", "HELP", "VRFY");
	}

	private static void refuse(CommandHandler commands, String reply, String... verbs) {
		Stream.of(verbs).forEach((verb) -> commands.addCommand(new Verb(verb, (argument, session) -> reply)));
	}

	private String greet(String argument, Session session) throws RejectException {
		if (argument.isEmpty()) {
			throw new RejectException(501, "5.5.4 Who are you?");
		}
		session.resetMailTransaction();
		session.setHelo(argument);
		return "250 " + session.getServer().getHostName();
	}

	private String greetExtended(String argument, Session session) throws RejectException {
		Stream.Builder<String> offers = Stream.builder();
		offers.add(greet(argument, session).substring(4))
			.add("PIPELINING")
			.add("SIZE " + this.settings.maxSize().toBytes())
			.add("8BITMIME")
			.add("SMTPUTF8");
		if (session.getServer().getEnableTLS() && !session.isTLSStarted()) {
			offers.add("STARTTLS");
		}
		return offers.build().collect(Collectors.joining("\r\n250-", "250-", "\r\n250 ENHANCEDSTATUSCODES"));
	}

	private String mail(String argument, Session session) throws IOException, RejectException {
		if (session.getHelo().isEmpty() || session.isMailTransactionInProgress()) {
			throw new RejectException(503, "5.5.1 Not now");
		}
		EnvelopePath sender = EnvelopePath.parse("FROM", argument);
		for (String parameter : sender.parameters()) {
			checkMailParameter(parameter);
		}
		if (!this.conversations.mayBegin(session)) {
			throw new RejectException(450, "4.7.1 Too many mails, try again later");
		}
		session.startMailTransaction();
		session.getMessageHandler().from(sender.address());
		return "250 2.1.0 Ok";
	}

	private void checkMailParameter(String parameter) throws RejectException {
		if (parameter.matches("SIZE=[0-9]{1,20}")) {
			// RFC 1870 section 5: up to 20 digits, more than a long has.
			if (Double.parseDouble(parameter.substring(5)) > this.settings.maxSize().toBytes()) {
				throw tooLarge();
			}
		}
		else if (!PLAIN_PARAMETERS.contains(parameter)) {
			throw new RejectException(555, "5.5.4 Unknown parameter");
		}
	}

	static RejectException tooLarge() {
		return new RejectException(552, "5.3.4 Too large");
	}

	private String rcpt(String argument, Session session) throws IOException, RejectException {
		if (!session.isMailTransactionInProgress()) {
			throw new RejectException(503, "5.5.1 MAIL first");
		}
		EnvelopePath recipient = EnvelopePath.parse("TO", argument);
		if (!recipient.parameters().isEmpty()) {
			throw new RejectException(555, "5.5.4 Unknown parameter");
		}
		session.getMessageHandler().recipient(recipient.address());
		session.addRecipient(recipient.address());
		return "250 2.1.5 Ok";
	}

	/** One recipient, so one reply: RFC 2033 section 4.2 and SMTP then say the same. */
	private String data(String argument, Session session) throws IOException, RejectException {
		if (!argument.isEmpty()) {
			throw new RejectException(501, "5.5.4 No parameters here");
		}
		if (!session.isMailTransactionInProgress() || session.getRecipientCount() == 0) {
			throw new RejectException(503, "5.5.1 No recipient");
		}
		session.sendResponse("354 End with a dot on a line of its own");
		this.conversations.awaitContent(session);
		try {
			// Only CR LF . CR LF ends it (RFC 5321 section 2.3.8 and 4.1.1.4).
			InputStream content = new DotUnstuffingInputStream(new DotTerminatedInputStream(session.getRawInput()));
			return session.getMessageHandler().data(content);
		}
		finally {
			session.resetMailTransaction();
			this.conversations.awaitCommands(session);
		}
	}

}
