package dev.herald.demo;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.herald.address.EmailAddress;
import dev.herald.bounce.DsnComposer;
import dev.herald.mailbox.ArrivalListener;
import dev.herald.smtp.RelaySettings;
import dev.herald.smtp.SendOutcome;
import dev.herald.smtp.SmtpConnection;

import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Plays the mail servers of readers whose mailboxes are gone or full: they take the mail,
 * and send a real report (RFC 3464) to its envelope sender some time later. Thread-safe.
 */
@Component
@Profile("demo")
class DemoPostmaster implements ArrivalListener {

	private static final EmailAddress SENDER = EmailAddress.parse("mailer-daemon@mx.reader.example");

	private final List<DsnComposer.Refusal> refusals = new CopyOnWriteArrayList<>();

	private final Clock clock;

	DemoPostmaster(Clock clock) {
		this.clock = clock;
	}

	@Override
	public void arrived(String envelopeSender, EmailAddress recipient, byte[] mail) {
		if (DemoReaders.isGone(recipient)) {
			refuse(envelopeSender, recipient, "5.1.1", "550 5.1.1 No such user here", mail);
		}
		else if (DemoReaders.isFull(recipient)) {
			refuse(envelopeSender, recipient, "5.2.2", "552 5.2.2 Mailbox full", mail);
		}
	}

	private void refuse(String envelopeSender, EmailAddress recipient, String status, String diagnostic, byte[] mail) {
		this.refusals.add(new DsnComposer.Refusal("mx." + recipient.domain(), EmailAddress.parse(envelopeSender),
				recipient, status, diagnostic, mail, this.clock.instant()));
	}

	/**
	 * Sends the reports that are due, over SMTP.
	 * @return how many were accepted
	 */
	int sendReports(int smtpPort) {
		int sent = 0;
		try (SmtpConnection connection = new SmtpConnection(RelaySettings.of("127.0.0.1", smtpPort))) {
			for (DsnComposer.Refusal refusal : this.refusals) {
				if (connection.open().isEmpty() && connection.deliver(SENDER, refusal.envelopeSender(),
						DsnComposer.compose(refusal)) instanceof SendOutcome.Accepted) {
					sent++;
				}
			}
		}
		this.refusals.clear();
		return sent;
	}

}
