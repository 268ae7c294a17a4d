package dev.herald.bounce;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.herald.address.EmailAddress;
import dev.herald.tracking.DeliveryLinks;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;

/** A real mail server with the mailbox of the bounce address, over IMAP and POP3. */
final class ReturnsServer implements AutoCloseable {

	static final String PASSWORD = "s3cret-of-the-mailbox";

	private final GreenMail server = new GreenMail(new ServerSetup[] { ServerSetup.IMAP.dynamicPort(),
			ServerSetup.IMAPS.dynamicPort(), ServerSetup.POP3.dynamicPort() });

	private final GreenMailUser user;

	ReturnsServer() {
		this.server.start();
		this.user = this.server.setUser("bounce@example.org", "bounce", PASSWORD);
	}

	int port(String protocol) {
		return switch (protocol) {
			case "imap" -> this.server.getImap().getPort();
			case "imaps" -> this.server.getImaps().getPort();
			default -> this.server.getPop3().getPort();
		};
	}

	/** The settings of this mailbox under a name. */
	String[] mailbox(String name, String protocol, String... more) {
		return mailbox(name, protocol, port(protocol), PASSWORD, more);
	}

	static String[] mailbox(String name, String protocol, int port, String password, String... more) {
		String prefix = "herald.bounce.mailboxes." + name + ".";
		List<String> settings = new ArrayList<>(List.of(prefix + "protocol=" + protocol, prefix + "host=127.0.0.1",
				prefix + "port=" + port, prefix + "username=bounce", prefix + "password=" + password));
		if (protocol.equals("imaps")) {
			// GreenMail's certificate is its own.
			settings.add(prefix + "properties.mail.imaps.ssl.trust=127.0.0.1");
			settings.add(prefix + "properties.mail.imaps.ssl.checkserveridentity=false");
		}
		List.of(more).forEach((setting) -> settings.add(prefix + setting));
		return settings.toArray(String[]::new);
	}

	void purge() throws FolderException {
		this.server.purgeEmailFromAllMailboxes();
	}

	void deliver(byte[] mail) throws MessagingException {
		this.user.deliver(new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mail)));
	}

	void deliver(String mail) throws MessagingException {
		deliver(mail.getBytes(StandardCharsets.UTF_8));
	}

	/** A report on the delivery to a subscriber, with a valid token. */
	static byte[] report(DeliveryLinks links, int subscriber, String status, String diagnostic) {
		byte[] original = "Message-ID: %s\r\nSubject: One\r\n\r\nBody"
			.formatted(links.messageId(Rows.delivery(subscriber)))
			.getBytes(StandardCharsets.UTF_8);
		return DsnComposer.compose(new DsnComposer.Refusal("mx.example.net",
				links.envelopeSender(Rows.delivery(subscriber)), EmailAddress.parse(Rows.address(subscriber)), status,
				diagnostic, original, Instant.parse("2026-11-24T00:00:00Z")));
	}

	MailFolder inbox() throws FolderException {
		return this.server.getManagers().getImapHostManager().getInbox(this.user);
	}

	/** In GreenMail the levels of a folder's name have a dot between them. */
	MailFolder folder(String name) {
		return this.server.getManagers().getImapHostManager().getFolder(this.user, name);
	}

	List<String> left() throws Exception {
		return subjects(inbox());
	}

	List<String> subjects(String folder) throws Exception {
		MailFolder found = folder(folder);
		return (found != null) ? subjects(found) : List.of();
	}

	private static List<String> subjects(MailFolder folder) throws Exception {
		List<String> subjects = new ArrayList<>();
		for (StoredMessage message : folder.getMessages()) {
			subjects.add(message.getMimeMessage().getSubject());
		}
		return subjects;
	}

	List<Flags> flags() throws Exception {
		return inbox().getMessages().stream().map(StoredMessage::getFlags).toList();
	}

	@Override
	public void close() {
		this.server.stop();
	}

}
