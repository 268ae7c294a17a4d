package dev.herald.listener;

import java.io.IOException;
import java.io.InputStream;

import dev.herald.bounce.Intake;
import dev.herald.bounce.Taken;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;

/**
 * One mail transaction: a sender, one recipient whose token is valid, a mail. What is
 * accepted has been committed. Used by one thread.
 */
final class Handover implements MessageHandler {

	private static final Logger logger = LoggerFactory.getLogger(Handover.class);

	private final ListenerSettings settings;

	private final Recipients recipients;

	private final Intake intake;

	private String sender = "";

	private @Nullable String recipient;

	Handover(ListenerSettings settings, Recipients recipients, Intake intake) {
		this.settings = settings;
		this.recipients = recipients;
		this.intake = intake;
	}

	@Override
	public void from(String sender) {
		this.sender = sender;
	}

	@Override
	public void recipient(String address) throws RejectException {
		if (this.recipient != null) {
			// A token names one delivery; RFC 5321 section 4.5.3.1.10.
			throw new RejectException(452, "4.5.3 One recipient at a time");
		}
		this.recipient = this.recipients.find(address)
			.orElseThrow(() -> new RejectException(550, "5.1.1 No such address here"));
	}

	@Override
	public String data(InputStream data) throws RejectException, IOException {
		long limit = this.settings.maxSize().toBytes();
		MailContent mail = MailContent.read(data, Intake.MAX_BYTES, limit);
		if (mail.size() > limit) {
			throw Verbs.tooLarge();
		}
		if (record(mail) instanceof Taken.ForReview) {
			logger.debug("A mail to a valid address was neither a report nor an unsubscribe");
			if (!this.sender.isEmpty()) {
				throw new RejectException(550,
						"5.6.0 This address takes delivery reports and unsubscribes only; nobody reads it");
			}
		}
		return "250 2.0.0 Recorded";
	}

	private Taken record(MailContent mail) throws RejectException {
		try {
			byte[] delivered = mail.delivered(this.sender, String.valueOf(this.recipient));
			return this.intake.record(this.intake.readMail(this.settings.protocol().title(), delivered));
		}
		catch (RuntimeException ex) {
			// Its message may quote the mail.
			logger.warn("What came back could not be recorded ({}); its sender keeps it and tries again",
					ex.getClass().getSimpleName());
			logger.debug("Not recorded", ex);
			throw new RejectException(451, "4.3.0 It can't be recorded now, try again later");
		}
	}

	@Override
	public void done() {
		// Nothing is held.
	}

}
