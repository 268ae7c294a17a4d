package dev.herald.mailbox;

import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import dev.herald.address.EmailAddress;
import jakarta.mail.internet.MimeMessage;

/**
 * A recipient whose mail is kept already: GreenMail would hold a second copy in memory
 * until the server stops.
 */
record KeptAsFile(EmailAddress recipient) implements GreenMailUser {

	@Override
	public String getEmail() {
		return this.recipient.value();
	}

	@Override
	public String getLogin() {
		return this.recipient.value();
	}

	@Override
	public void deliver(MovingMessage message) {
	}

	@Override
	public void deliver(MimeMessage message) {
	}

	@Override
	public void create() {
	}

	@Override
	public void delete() {
	}

	@Override
	public String getPassword() {
		return "";
	}

	@Override
	public void setPassword(String password) {
	}

	@Override
	public void authenticate(String password) {
	}

	@Override
	public String getQualifiedMailboxName() {
		return this.recipient.value();
	}

}
