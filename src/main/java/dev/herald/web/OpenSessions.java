package dev.herald.web;

import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

import dev.herald.account.Account;
import dev.herald.audit.Action;
import dev.herald.audit.Change;
import dev.herald.digest.Sha256;
import dev.herald.problem.Problem;

/** Where an account is signed in. Thread-safe. */
@Component
class OpenSessions {

	private final FindByIndexNameSessionRepository<? extends Session> repository;

	private final TransactionTemplate transactions;

	private final ApplicationEventPublisher events;

	private final Words words;

	OpenSessions(FindByIndexNameSessionRepository<? extends Session> repository, TransactionTemplate transactions,
			ApplicationEventPublisher events, Words words) {
		this.repository = repository;
		this.transactions = transactions;
		this.events = events;
		this.words = words;
	}

	/** Used last first. */
	List<Open> of(Account account, HttpServletRequest request) {
		String here = here(request);
		return this.repository.findByPrincipalName(String.valueOf(account.id()))
			.values()
			.stream()
			.filter((session) -> !session.isExpired())
			.map((session) -> new Open(handle(session.getId()), text(session, AccountSessions.CLIENT),
					text(session, AccountSessions.BROWSER), session.getCreationTime(), session.getLastAccessedTime(),
					session.getId().equals(here)))
			.sorted(Comparator.comparing(Open::usedAt).reversed())
			.toList();
	}

	/**
	 * @throws Problem when the account has no such session
	 */
	void end(Account account, String handle, HttpServletRequest request) {
		if (delete(account, (id) -> handle(id).equals(handle) && !id.equals(here(request))) == 0) {
			throw Problem.usage(this.words.say("account.session.gone"));
		}
	}

	/** All but the one that asks. */
	void endOthers(Account account, HttpServletRequest request) {
		String here = here(request);
		delete(account, (id) -> !id.equals(here));
	}

	private int delete(Account account, Predicate<String> which) {
		List<String> ids = this.repository.findByPrincipalName(String.valueOf(account.id()))
			.keySet()
			.stream()
			.filter(which)
			.toList();
		if (!ids.isEmpty()) {
			this.transactions.executeWithoutResult((status) -> {
				ids.forEach(this.repository::deleteById);
				this.events.publishEvent(
						Change.of(Action.SESSION_ENDED, account.address().value()).with("sessions", ids.size()));
			});
		}
		return ids.size();
	}

	private static String here(HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		return (session != null) ? session.getId() : "";
	}

	private static String text(Session session, String name) {
		return Objects.requireNonNullElse(session.getAttribute(name), "").toString();
	}

	/** The identifier itself would be a way in: it is on no page. */
	private static String handle(String sessionId) {
		return HexFormat.of().formatHex(Sha256.of(sessionId), 0, 16);
	}

	/**
	 * One session.
	 *
	 * @param handle names it on the page
	 * @param client the address that it began from
	 * @param browser as it calls itself
	 * @param here whether it is the one that asks
	 */
	public record Open(String handle, String client, String browser, Instant begunAt, Instant usedAt, boolean here) {
	}

}
