package dev.herald.webhook;

import java.util.List;
import java.util.Optional;

import dev.herald.bounce.Intake;
import tools.jackson.databind.JsonNode;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Records what providers tell. Thread-safe. */
@Component
class Webhooks {

	private final List<Provider> providers;

	private final Intake intake;

	private final RareWarnings warnings;

	Webhooks(List<Provider> providers, Intake intake, RareWarnings warnings) {
		this.providers = providers;
		this.intake = intake;
		this.warnings = warnings;
	}

	/** Empty where none of that name is set up. */
	Optional<Provider> find(String key) {
		return this.providers.stream().filter((one) -> one.key().equals(key) && one.configured()).findFirst();
	}

	/**
	 * Each event in a transaction of its own: one that can't be recorded takes no other
	 * with it, and told again they change nothing.
	 * @throws DataAccessException where the database is away
	 * @throws TransactionException likewise
	 */
	void record(Provider provider, List<JsonNode> events) {
		for (JsonNode event : events) {
			if (event.isObject()) {
				recordOrPassOver(provider, event);
			}
			else {
				passOver(provider, "it is no JSON object");
			}
		}
	}

	/** The provider would tell again of an event that fails, for ever in the same way. */
	private void recordOrPassOver(Provider provider, JsonNode event) {
		try {
			provider.read(event).ifPresent((told) -> record(provider, event, told));
		}
		catch (DataIntegrityViolationException ex) {
			passOver(provider, "the database does not take it");
		}
		catch (DataAccessException | TransactionException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			passOver(provider, ex.getClass().getName());
		}
	}

	private void record(Provider provider, JsonNode event, Told told) {
		if (told instanceof Told.Fact fact) {
			this.intake.record(this.intake.readEvent("webhook of " + provider.name(), Json.bytes(event), fact.report(),
					fact.traces()));
		}
		else {
			this.intake.unsubscribe(told.traces());
		}
	}

	private void passOver(Provider provider, String why) {
		this.warnings.warn("An event of " + provider.name() + " was passed over", why);
	}

}
