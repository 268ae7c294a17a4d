package dev.herald.bounce;

import java.time.Duration;
import java.util.List;

import dev.herald.problem.Problem;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;

import org.springframework.stereotype.Component;

/**
 * The bounce mailboxes of the settings, and whether they can be read. Only those are ever
 * connected to: nobody can name another host here. Thread-safe.
 */
@Component
public class MailboxVisits {

	/** A person waits. */
	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final Mailboxes mailboxes;

	MailboxVisits(Mailboxes mailboxes) {
		this.mailboxes = mailboxes;
	}

	/** By name. */
	public List<Entry> all() {
		return this.mailboxes.all()
			.stream()
			.map((mailbox) -> new Entry(mailbox.name(), mailbox.protocol().scheme(),
					mailbox.host() + ((mailbox.port() != null) ? ":" + mailbox.port() : ""), mailbox.folder(),
					mailbox.username(), mailbox.after().inWords(), mailbox.idle()))
			.toList();
	}

	/**
	 * Connects, signs in, opens the folder for reading alone, and leaves: nothing in it
	 * changes. Blocks.
	 * @throws Problem when there is no such mailbox in the settings
	 */
	public Visit visit(String name) {
		MailboxSettings mailbox = this.mailboxes.all()
			.stream()
			.filter((each) -> each.name().equals(name))
			.findFirst()
			.orElseThrow(() -> Problem.usage("There is no bounce mailbox '%.40s' in the settings.".formatted(name)));
		try (MailboxConnection connection = MailboxConnection.open(mailbox.answeringWithin(PATIENCE),
				Folder.READ_ONLY)) {
			return new Visit.Open(connection.folder().getMessageCount());
		}
		catch (MessagingException ex) {
			return failed(ex);
		}
		catch (Problem problem) {
			return failed((problem.getCause() != null) ? problem.getCause() : problem);
		}
	}

	private static Visit failed(Throwable cause) {
		return new Visit.Failed(MailboxTrouble.of(cause), MailboxConnection.rootMessage(cause));
	}

	/**
	 * A mailbox as the settings name it, without its password.
	 *
	 * @param host with the port, where one is set
	 * @param after what becomes of a mail once it is recorded
	 */
	public record Entry(String name, String protocol, String host, String folder, String username, String after,
			boolean idle) {
	}

	/** What came of a visit. */
	public sealed interface Visit {

		/**
		 * It can be read.
		 *
		 * @param mails that are in the folder now
		 */
		record Open(int mails) implements Visit {
		}

		/**
		 * @param detail what the server or the library said, in English; no secret
		 */
		record Failed(MailboxTrouble trouble, String detail) implements Visit {
		}

	}

}
