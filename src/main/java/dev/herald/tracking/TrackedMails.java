package dev.herald.tracking;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

import org.springframework.stereotype.Component;

/**
 * The links and the pixel of tracked mails. The token in them is the proof that this
 * installation wrote them; whatever else is asked for leads nowhere and counts nothing.
 * Thread-safe.
 */
@Component
public class TrackedMails {

	/** Of links; then come the token, a slash and the code of the link. */
	public static final String LINK = "/r/";

	/** Of the pixel; then comes the token. */
	public static final String PIXEL = "/o/";

	private final Tokens tokens;

	private final IssueLinks links;

	private final MailVisits visits;

	private final Clock clock;

	TrackedMails(Tokens tokens, IssueLinks links, MailVisits visits, Clock clock) {
		this.tokens = tokens;
		this.links = links;
		this.visits = visits;
		this.clock = clock;
	}

	/**
	 * Notes that a link is followed.
	 * @return where it leads; empty for what is no link of ours, and for the one that no
	 * person sees
	 */
	public Optional<String> follow(String token, String code, Client client) {
		return this.tokens.read(TokenPurpose.TRACKING, token).flatMap((mail) -> {
			Optional<String> target = this.links.target(mail.issueId(), code);
			if (target.isPresent() || code.equals(MailRequest.TRAP)) {
				this.visits.add(mail, client.asks(code, this.clock.instant()), target.orElse(""));
			}
			return target;
		});
	}

	/** Notes that the pixel is fetched, if it is one of ours. */
	public void open(String token, Client client) {
		this.tokens.read(TokenPurpose.TRACKING, token)
			.ifPresent((mail) -> this.visits.add(mail, client.asks(MailRequest.PIXEL, this.clock.instant()), ""));
	}

	/**
	 * Who asks, as far as it says; as in {@link MailRequest}.
	 */
	public record Client(String method, String address, String agent, String language, String purpose) {

		/** A browser that fetches ahead asks again when its reader follows the link. */
		public boolean isAhead() {
			return !this.purpose.isBlank();
		}

		private MailRequest asks(String link, Instant at) {
			return new MailRequest(link, at, this.method, this.address, this.agent, this.language, this.purpose);
		}

	}

}
