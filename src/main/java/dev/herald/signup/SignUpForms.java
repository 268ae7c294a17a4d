package dev.herald.signup;

import java.util.Optional;

import dev.herald.audit.Action;
import dev.herald.audit.Change;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.Newsletters;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** The sign-up forms of newsletters. Thread-safe. */
@Service
public class SignUpForms {

	private final Newsletters newsletters;

	private final Agreements agreements;

	private final JdbcClient jdbc;

	private final TransactionTemplate transactions;

	private final ApplicationEventPublisher events;

	SignUpForms(Newsletters newsletters, Agreements agreements, JdbcClient jdbc, TransactionTemplate transactions,
			ApplicationEventPublisher events) {
		this.newsletters = newsletters;
		this.agreements = agreements;
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.events = events;
	}

	/** Empty where readers can't sign up, for any reason. */
	public Optional<Newsletter> offering(String newsletterKey) {
		return this.newsletters.find(newsletterKey).filter((newsletter) -> of(newsletter).offered());
	}

	public SignUpForm of(Newsletter newsletter) {
		return this.jdbc.sql("SELECT offered, agreement, welcome FROM sign_up_form WHERE newsletter_id = ?")
			.param(newsletter.id())
			.query((row, number) -> new SignUpForm(row.getBoolean("offered"), row.getString("agreement"),
					Welcome.valueOf(row.getString("welcome"))))
			.optional()
			.orElse(SignUpForm.DEFAULT);
	}

	public void change(Newsletter newsletter, SignUpForm form) {
		this.transactions.executeWithoutResult((status) -> {
			Change change = Change.of(Action.SIGN_UP_CHANGED, newsletter.key()).between(of(newsletter), form);
			if (change.isNothing()) {
				return;
			}
			this.jdbc.sql("""
					INSERT INTO sign_up_form (newsletter_id, offered, agreement, welcome)
					VALUES (:newsletter, :offered, :agreement, :welcome)
					ON DUPLICATE KEY UPDATE offered = VALUES(offered), agreement = VALUES(agreement),
					                        welcome = VALUES(welcome)
					""")
				.param("newsletter", newsletter.id())
				.param("offered", form.offered())
				.param("agreement", form.agreement())
				.param("welcome", form.welcome().name())
				.update();
			if (!form.agreement().isEmpty()) {
				this.agreements.keep(form.agreement());
			}
			this.events.publishEvent(change);
		});
	}

}
