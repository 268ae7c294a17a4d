package dev.herald.delivery;

import dev.herald.tracking.DeliveryReceived;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What shows that a mail arrived settles its delivery, where the ledger did not know:
 * UNCERTAIN becomes ACCEPTED.
 */
@Component
class SettledByReaders {

	private final Claims claims;

	private final SendFigures figures;

	private final TransactionTemplate transactions;

	SettledByReaders(Claims claims, SendFigures figures, TransactionTemplate transactions) {
		this.claims = claims;
		this.figures = figures;
		this.transactions = transactions;
	}

	@EventListener
	void on(DeliveryReceived received) {
		this.transactions.executeWithoutResult((status) -> {
			if (this.claims.settleUncertain(received.delivery())) {
				this.figures.settled(received.delivery());
			}
		});
	}

}
