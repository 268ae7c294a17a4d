package dev.herald.person;

import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.herald.address.EmailAddress;
import dev.herald.newsletter.Newsletters;
import dev.herald.person.ReaderRequest.Kind;
import dev.herald.subscriber.Profile;
import dev.herald.subscriber.Profiles;
import dev.herald.subscriber.Suppressions;
import dev.herald.tracking.MailReaders;
import dev.herald.tracking.RequestTokens;

import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Another address, a copy of all data, erasure: asked for on the preferences page, done
 * by the link in a mail. Thread-safe.
 */
@Service
public class PersonRequests {

	/** Of one reader, of all kinds, within a day. */
	static final int MOST_BY_READER = 5;

	/** Mails to one address within a day, whoever asked for them. */
	static final int MOST_TO_ADDRESS = 2;

	private final MailReaders readers;

	private final RequestTokens tokens;

	private final ReaderRequests requests;

	private final Profiles profiles;

	private final Suppressions suppressions;

	private final Newsletters newsletters;

	private final KeptData keptData;

	private final Erasure erasure;

	private final TransactionTemplate transactions;

	private final Clock clock;

	PersonRequests(MailReaders readers, RequestTokens tokens, ReaderRequests requests, Profiles profiles,
			Suppressions suppressions, Newsletters newsletters, KeptData keptData, Erasure erasure,
			TransactionTemplate transactions, Clock clock) {
		this.readers = readers;
		this.tokens = tokens;
		this.requests = requests;
		this.profiles = profiles;
		this.suppressions = suppressions;
		this.newsletters = newsletters;
		this.keptData = keptData;
		this.erasure = erasure;
		this.transactions = transactions;
		this.clock = clock;
	}

	/**
	 * A mail asks the new address. The answer does not depend on what is known of that
	 * address: none goes to one that is suppressed or was asked often enough today.
	 * @return empty for a token that is not ours
	 */
	public Optional<Answer> move(String token, EmailAddress to, Locale language) {
		return ask(token, (profile, newsletter) -> {
			boolean mailed = this.suppressions.find(to).isEmpty() && this.requests.sentTo(to) < MOST_TO_ADDRESS;
			if (mailed) {
				this.requests.add(Kind.ADDRESS, profile.id(), newsletter, to, language);
			}
			return Answer.SENT;
		});
	}

	/**
	 * A mail to the address that is on record brings the link to a copy of the data.
	 * @return empty for a token that is not ours
	 */
	public Optional<Answer> export(String token, Locale language) {
		return askOwner(Kind.EXPORT, token, language);
	}

	/**
	 * A mail to the address that is on record brings the link to the page that erases.
	 * @return empty for a token that is not ours
	 */
	public Optional<Answer> erase(String token, Locale language) {
		return askOwner(Kind.ERASE, token, language);
	}

	private Optional<Answer> askOwner(Kind kind, String token, Locale language) {
		return ask(token, (profile, newsletter) -> {
			if (this.suppressions.find(profile.address()).isPresent()) {
				return Answer.SUPPRESSED;
			}
			if (this.requests.sentTo(profile.address()) >= MOST_TO_ADDRESS) {
				return Answer.TOO_OFTEN;
			}
			this.requests.add(kind, profile.id(), newsletter, profile.address(), language);
			return Answer.SENT;
		});
	}

	private Optional<Answer> ask(String token, Wish wish) {
		return this.readers.byToken(token).flatMap((reader) -> this.transactions.execute((status) -> {
			this.requests.lock(reader.subscriberId());
			return this.profiles.find(reader.subscriberId())
				.map((profile) -> (this.requests.askedBy(profile.id()) >= MOST_BY_READER) ? Answer.TOO_OFTEN
						: wish.of(profile, reader.newsletterId()));
		}));
	}

	/** What the link of a mail leads to; changes nothing. Empty where it is not ours. */
	public Optional<Asked> asked(String token) {
		return this.tokens.read(token).flatMap(this.requests::find).map(this::asked);
	}

	private Asked asked(ReaderRequest request) {
		return new Asked(request.kind(), this.newsletters.byId(request.newsletterId()).name(), request.language(),
				request.address().masked(), isOpen(request));
	}

	/**
	 * Not where the person moved to another address since: then the mail went to somebody
	 * else.
	 */
	private boolean isOpen(ReaderRequest request) {
		if (!request.open(this.clock.instant()) || request.doneAt() != null) {
			return false;
		}
		return switch (request.kind()) {
			case ADDRESS, MOVED -> true;
			case EXPORT,
					ERASE ->
				this.profiles.find(request.subscriberId())
					.filter((profile) -> profile.address().matchKey().equals(request.address().matchKey()))
					.isPresent();
		};
	}

	/**
	 * Does what was asked for.
	 * @return empty where the token is not ours, or the person was erased
	 */
	public Optional<Result> confirm(String token) {
		return this.tokens.read(token)
			.flatMap((id) -> this.transactions.execute((status) -> this.requests.findLocked(id).map(this::confirm)));
	}

	private Result confirm(ReaderRequest request) {
		if (!isOpen(request)) {
			return new Result.Over();
		}
		return switch (request.kind()) {
			case ADDRESS, MOVED -> move(request);
			case EXPORT -> new Result.Data(this.keptData.of(request.subscriberId()));
			case ERASE -> {
				this.erasure.eraseByReader(request.subscriberId());
				yield new Result.Done();
			}
		};
	}

	private Result move(ReaderRequest request) {
		Profile before = this.profiles.find(request.subscriberId()).orElse(null);
		if (before == null || !this.profiles.move(before.id(), request.address())) {
			return new Result.Taken();
		}
		this.requests.done(request.id());
		boolean toTell = request.kind() == Kind.ADDRESS
				&& !before.address().matchKey().equals(request.address().matchKey())
				&& this.suppressions.find(before.address()).isEmpty();
		if (toTell) {
			this.requests.add(Kind.MOVED, before.id(), request.newsletterId(), before.address(),
					Objects.requireNonNullElse(before.language(), request.language()));
		}
		return new Result.Done();
	}

	/** What became of asking. */
	public enum Answer {

		SENT, TOO_OFTEN,

		/** The reader's own address gets no mail from here. */
		SUPPRESSED

	}

	@FunctionalInterface
	private interface Wish {

		Answer of(Profile profile, int newsletterId);

	}

	/**
	 * What the page behind a mail's link shows.
	 *
	 * @param address masked
	 * @param open false where it is too late, or was done
	 */
	public record Asked(Kind kind, String newsletter, Locale language, String address, boolean open) {
	}

	/** What became of confirming. */
	public sealed interface Result {

		record Done() implements Result {
		}

		/** It was too late, or done already. */
		record Over() implements Result {
		}

		/** The address is another subscriber's. Nothing was changed. */
		record Taken() implements Result {
		}

		/** The copy. */
		record Data(Map<String, Object> data) implements Result {
		}

	}

}
