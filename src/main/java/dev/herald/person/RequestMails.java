package dev.herald.person;

import java.time.Clock;
import java.util.List;

import dev.herald.dkim.BodyPrefix;
import dev.herald.dkim.DkimSigner;
import dev.herald.dkim.DkimSigners;
import dev.herald.mailbox.BuiltInMailbox;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.Newsletters;
import dev.herald.problem.Problem;
import dev.herald.settings.Installation;
import dev.herald.settings.NeedsBatch;
import dev.herald.settings.OperatorFiles;
import dev.herald.smtp.Relay;
import dev.herald.smtp.Relays;
import dev.herald.smtp.SendOutcome;
import dev.herald.smtp.SmtpConnection;
import dev.herald.tracking.RequestTokens;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Mails what readers asked for: by the first relay that takes it, or to the built-in
 * mailbox where there is none. Beside the connections of sends: it is one mail. An answer
 * that is not known counts as sent: a second one would be worse than the reader's asking
 * again. Thread-safe.
 */
@NeedsBatch
@Component
class RequestMails {

	private static final Logger logger = LoggerFactory.getLogger(RequestMails.class);

	private final ReaderRequests requests;

	private final Newsletters newsletters;

	private final RequestTokens tokens;

	private final Installation installation;

	private final OperatorFiles files;

	private final DkimSigners signers;

	private final Relays relays;

	private final BuiltInMailbox mailbox;

	private final Clock clock;

	RequestMails(ReaderRequests requests, Newsletters newsletters, RequestTokens tokens, Installation installation,
			OperatorFiles files, DkimSigners signers, Relays relays, BuiltInMailbox mailbox, Clock clock) {
		this.requests = requests;
		this.newsletters = newsletters;
		this.tokens = tokens;
		this.installation = installation;
		this.files = files;
		this.signers = signers;
		this.relays = relays;
		this.mailbox = mailbox;
		this.clock = clock;
	}

	/**
	 * Does nothing for a request that is too old or was confirmed meanwhile.
	 * @throws Problem when no relay takes it now
	 */
	void send(long requestId) {
		this.requests.find(requestId)
			.filter((request) -> request.open(this.clock.instant()) && request.doneAt() == null)
			.ifPresent(this::send);
	}

	private void send(ReaderRequest request) {
		Newsletter newsletter = this.newsletters.byId(request.newsletterId());
		String link = this.installation.baseUrl() + "/u/" + this.tokens.write(request.id()) + "/request";
		RequestMail mail = RequestMail.of(request, newsletter, link, RequestWords.of(this.files, request.language()),
				this.installation, this.clock.instant());
		byte[] content = this.signers.forDomain(newsletter.sender().address().domain())
			.map((signer) -> signed(signer, mail))
			.orElseGet(mail::octets);
		hand(request, mail, content);
	}

	private static byte[] signed(DkimSigner signer, RequestMail mail) {
		byte[] fields = signer.sign(mail.header(), mail.body(), BodyPrefix.NONE);
		return RequestMail.joined(fields, mail.octets());
	}

	private void hand(ReaderRequest request, RequestMail mail, byte[] content) {
		String reason = "";
		for (Relay relay : targets()) {
			SendOutcome outcome = deliver(relay, mail, content);
			if (outcome instanceof SendOutcome.Accepted || outcome instanceof SendOutcome.Uncertain) {
				return;
			}
			if (outcome instanceof SendOutcome.Rejected rejected) {
				logger.info("The mail of a reader's request ({}, {}) was rejected: {} {}", request.kind(), request.id(),
						rejected.reply().code(), rejected.reply().status());
				return;
			}
			reason = outcome.getClass().getSimpleName();
		}
		throw Problem.work("No relay takes the mail of a reader's request (%s, %d) now: %s. It is tried again."
			.formatted(request.kind(), request.id(), reason));
	}

	private SendOutcome deliver(Relay relay, RequestMail mail, byte[] content) {
		try (SmtpConnection connection = new SmtpConnection(relay)) {
			return connection.open()
				.orElseGet(() -> connection.deliver(mail.envelopeSender(), mail.recipient(), content));
		}
	}

	private List<Relay> targets() {
		return this.relays.present() ? this.relays.all() : List.of(Relay.at("127.0.0.1", this.mailbox.smtpPort()));
	}

}
