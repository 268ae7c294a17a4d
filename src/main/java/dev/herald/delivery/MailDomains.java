package dev.herald.delivery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.herald.pacing.Provider;
import dev.herald.segment.SegmentSql;
import dev.herald.settings.NeedsBatch;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Keeps the table mail_domain, by which the freeze tells a recipient's mailbox provider.
 * Thread-safe.
 */
@NeedsBatch
@Component
class MailDomains {

	private static final int BATCH = 500;

	private final JdbcTemplate jdbc;

	private final Traffic traffic;

	MailDomains(JdbcTemplate jdbc, Traffic traffic) {
		this.jdbc = jdbc;
		this.traffic = traffic;
	}

	/**
	 * Brings the table to what the settings say now, and the DNS where it is asked: that
	 * is once a domain of this newsletter's readers, and may take minutes the first time.
	 */
	void refresh(int newsletterId) {
		Map<String, Integer> wanted = new LinkedHashMap<>();
		this.traffic.providers().listed().forEach((domain, provider) -> wanted.put(domain, provider.code()));
		if (this.traffic.providers().asksDns()) {
			for (String domain : domainsOf(newsletterId)) {
				Provider provider = this.traffic.providers().ofDomain(domain);
				if (!provider.equals(Provider.OTHER)) {
					wanted.put(domain, provider.code());
				}
			}
		}
		Map<String, Integer> present = new LinkedHashMap<>();
		this.jdbc.query("SELECT name, provider FROM mail_domain", (row) -> {
			present.put(row.getString("name"), row.getInt("provider"));
		});
		write(changes(wanted, present));
	}

	private List<String> domainsOf(int newsletterId) {
		return this.jdbc.queryForList("SELECT DISTINCT " + SegmentSql.DOMAIN + """
				 FROM subscription p JOIN subscriber s ON s.id = p.subscriber_id
				WHERE p.newsletter_id = ? AND p.state = 'ACTIVE'
				""", String.class, newsletterId);
	}

	private List<Object[]> changes(Map<String, Integer> wanted, Map<String, Integer> present) {
		List<Object[]> changes = new ArrayList<>();
		wanted.forEach((domain, code) -> {
			if (!code.equals(present.get(domain))) {
				changes.add(new Object[] { domain, code });
			}
		});
		boolean dns = this.traffic.providers().asksDns();
		present.keySet().forEach((domain) -> {
			// Another newsletter's domains, which the DNS told, stay.
			if (!dns && !wanted.containsKey(domain)) {
				changes.add(new Object[] { domain, Provider.OTHER.code() });
			}
		});
		return changes;
	}

	private void write(List<Object[]> changes) {
		this.jdbc.batchUpdate("""
				INSERT INTO mail_domain (name, provider) VALUES (?, ?)
				ON DUPLICATE KEY UPDATE provider = VALUES(provider)
				""", changes, BATCH, (statement, change) -> {
			statement.setString(1, (String) change[0]);
			statement.setInt(2, (Integer) change[1]);
		});
	}

}
