package dev.herald.bounce;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import dev.herald.bounce.BounceRecording.Outcome;
import dev.herald.digest.Sha256;
import dev.herald.returns.BounceClass;
import dev.herald.returns.ReadReport;
import dev.herald.returns.Report;
import dev.herald.returns.Report.Kind;
import dev.herald.returns.Report.ReportedRecipient;
import dev.herald.returns.ReportParser;
import dev.herald.tracking.DeliveryKey;
import dev.herald.tracking.DeliveryLookup;
import dev.herald.tracking.SignUpMailReturned;
import dev.herald.tracking.Unsubscribing;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes in what came back. All ways in meet here, so that a report means the same on
 * each. Thread-safe.
 */
@Service
public class Intake {

	/** Of a mail: what is beyond is not read, and need not be fetched. */
	public static final int MAX_BYTES = ReportParser.MAX_BYTES;

	private final SignedRecipient recipients;

	private final ReportedDelivery deliveries;

	private final BounceRecording recording;

	private final ReportReview review;

	private final Unsubscribing unsubscribing;

	private final ApplicationEventPublisher events;

	private final TransactionTemplate transactions;

	Intake(SignedRecipient recipients, ReportedDelivery deliveries, BounceRecording recording, ReportReview review,
			Unsubscribing unsubscribing, ApplicationEventPublisher events, TransactionTemplate transactions) {
		this.recipients = recipients;
		this.deliveries = deliveries;
		this.recording = recording;
		this.review = review;
		this.unsubscribing = unsubscribing;
		this.events = events;
		this.transactions = transactions;
	}

	/**
	 * Reads a mail. Who takes mails over SMTP puts the fields of a final delivery before
	 * it, Return-Path and Delivered-To (RFC 5321 section 4.4): the first one that holds a
	 * token names the delivery.
	 * @param source names the mailbox or listener to people, without secrets
	 */
	public Returned readMail(String source, byte[] mail) {
		ReadReport report = ReportParser.read(mail);
		return new Returned(source, fingerprint(mail, report.header().first("message-id")), report.report(),
				subject(report));
	}

	/**
	 * Where the recipient is known the mail's own words about the delivery don't count.
	 */
	private Subject subject(ReadReport report) {
		Optional<Subject> recipient = this.recipients.find(report.header());
		if (recipient.isEmpty() && isOfTest(report)) {
			return new Subject.OfTest();
		}
		return recipient.or(() -> this.deliveries.by(report.original()))
			.filter((subject) -> !(subject instanceof Subject.OfLeaving) || UnsubscribeMail.isWish(report))
			.orElseGet(Subject.Unknown::new);
	}

	private boolean isOfTest(ReadReport report) {
		return this.recipients.isOfTest(report.header()) || this.deliveries.isOfTest(report.original());
	}

	/**
	 * Takes over what a provider has read already.
	 * @param source names the provider to people
	 * @param event as it came
	 * @param traces texts that may hold a token of the mail: its envelope sender, its
	 * Message-ID in angle brackets
	 */
	public Returned readEvent(String source, byte[] event, Report report, List<String> traces) {
		Subject subject = traces.stream().anyMatch(DeliveryLookup::isOfTest) ? new Subject.OfTest()
				: this.deliveries.by(traces).orElseGet(Subject.Unknown::new);
		return new Returned(source, Sha256.hex(event), report, subject);
	}

	/**
	 * Takes over that a reader has left by a way that a provider offers.
	 * @param traces as for {@link #readEvent}: without a token it is nobody's wish
	 */
	public Taken unsubscribe(List<String> traces) {
		if (this.deliveries.by(traces).orElse(null) instanceof Subject.OfDelivery of) {
			this.unsubscribing.byProvider(of.delivery());
			return new Taken.Unsubscribed();
		}
		return new Taken.ForReview();
	}

	/**
	 * Records it and what follows from it; joins the caller's transaction. Nothing of it
	 * is recorded if it throws.
	 */
	public Taken record(Returned returned) {
		return this.transactions.execute((status) -> take(returned));
	}

	private Taken take(Returned returned) {
		Subject subject = returned.subject();
		if (subject instanceof Subject.OfTest) {
			return new Taken.OfTest();
		}
		if (subject instanceof Subject.OfLeaving leaving) {
			this.unsubscribing.byMail(leaving.delivery());
			return new Taken.Unsubscribed();
		}
		if (subject instanceof Subject.OfSignUp of) {
			tellSignUp(of.signUp(), returned.report());
			return new Taken.OfSignUp();
		}
		if (!returned.report().kind().isUnderstood()) {
			return this.review.keep(returned);
		}
		Optional<DeliveryKey> delivery = (subject instanceof Subject.OfDelivery of) ? Optional.of(of.delivery())
				: this.review.deliveryByAddress(returned);
		return delivery.map((key) -> recorded(key, returned)).orElseGet(() -> this.review.keep(returned));
	}

	private Taken recorded(DeliveryKey delivery, Returned returned) {
		Outcome outcome = this.recording.record(delivery, returned.report(), returned.sha256());
		return new Taken.Recorded(outcome.bounce(), outcome.suppressed());
	}

	/**
	 * A soft bounce says nothing of whose address it is. Of several addresses, all behind
	 * an alias, each has to be dead. A report may name none: of a complaint the sign-up
	 * is enough.
	 */
	private void tellSignUp(long signUp, Report report) {
		boolean complaint = report.kind() == Kind.COMPLAINT;
		boolean hard = report.kind() == Kind.BOUNCE && !report.recipients().isEmpty()
				&& report.recipients().stream().allMatch((one) -> one.bounceClass() == BounceClass.HARD);
		if (complaint || hard) {
			String evidence = report.recipients()
				.stream()
				.findFirst()
				.map((recipient) -> (recipient.status() + " " + recipient.evidence()).strip())
				.orElse("");
			this.events.publishEvent(new SignUpMailReturned(signUp, complaint, evidence));
		}
	}

	/**
	 * The same for a mail that came by two ways, whose servers put their own fields
	 * before it: what it calls itself and its body, or the whole where it has no name.
	 */
	private static String fingerprint(byte[] mail, String messageId) {
		if (messageId.isBlank()) {
			return Sha256.hex(mail);
		}
		MessageDigest digest = Sha256.begin();
		digest.update((messageId.strip() + "\n").getBytes(StandardCharsets.UTF_8));
		int body = endOfHeader(mail);
		digest.update(mail, body, mail.length - body);
		return HexFormat.of().formatHex(digest.digest());
	}

	/** RFC 5322 section 2.1: behind the first empty line; line ends may be bare. */
	private static int endOfHeader(byte[] mail) {
		int lineStart = 0;
		for (int i = 0; i < mail.length; i++) {
			if (mail[i] == '\n') {
				boolean empty = i == lineStart || (i == lineStart + 1 && mail[lineStart] == '\r');
				if (empty) {
					return i + 1;
				}
				lineStart = i + 1;
			}
		}
		return mail.length;
	}

}
