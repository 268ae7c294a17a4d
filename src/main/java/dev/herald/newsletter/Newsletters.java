package dev.herald.newsletter;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.herald.address.EmailAddress;
import dev.herald.address.Mailbox;
import dev.herald.audit.Action;
import dev.herald.audit.Change;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import dev.herald.schema.Utc;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** The newsletters of this installation. Thread-safe. */
@Service
public class Newsletters {

	/** RFC 1035 section 2.3.1, with the digits of RFC 1123; it is a label of List-Id. */
	private static final Pattern KEY = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

	private final JdbcClient jdbc;

	private final TransactionTemplate transactions;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	Newsletters(JdbcClient jdbc, TransactionTemplate transactions, ApplicationEventPublisher events, Clock clock) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * @throws Problem when the key is taken or is no DNS label
	 */
	public Newsletter create(String key, NewsletterSettings settings) {
		if (!KEY.matcher(key).matches()) {
			throw Problem.usage(Sentence.of("newsletter.key"));
		}
		try {
			return Objects.requireNonNull(this.transactions.execute((status) -> {
				insert(key, settings);
				Newsletter created = require(key);
				this.events.publishEvent(Change.of(Action.NEWSLETTER_CREATED, key)
					.with("name", created.name())
					.with("sender", created.sender()));
				return created;
			}));
		}
		catch (DuplicateKeyException ex) {
			throw new Problem(Problem.Kind.USAGE, Sentence.of("newsletter.there", key), ex);
		}
	}

	private void insert(String key, NewsletterSettings settings) {
		withSettings("""
				INSERT INTO newsletter (name, sender_name, sender_address, reply_to, language, base_url,
				    postal_address, accent, ink, paper, dark_accent, dark_ink, dark_paper, font, logo_url,
				    logo_width, logo_height, column_width, contents, archived, approval, tracking, archive_delay_hours,
				    name_key, created_at)
				VALUES (:name, :senderName, :senderAddress, :replyTo, :language, :baseUrl,
				    :postalAddress, :accent, :ink, :paper, :darkAccent, :darkInk, :darkPaper, :font, :logoUrl,
				    :logoWidth, :logoHeight, :width, :contents, :archived, :approval, :tracking, :archiveDelay,
				    :key, :now)
				""", key, settings).param("now", Utc.of(this.clock.instant())).update();
	}

	/**
	 * @throws Problem when there is none with this key
	 */
	public Newsletter change(String key, NewsletterSettings settings) {
		return Objects.requireNonNull(this.transactions.execute((status) -> {
			NewsletterSettings before = require(key).settings();
			update(key, settings);
			Newsletter changed = require(key);
			Change change = Change.of(Action.NEWSLETTER_CHANGED, key).between(before, changed.settings());
			if (!change.isNothing()) {
				this.events.publishEvent(change);
			}
			return changed;
		}));
	}

	private void update(String key, NewsletterSettings settings) {
		withSettings(
				"""
						UPDATE newsletter SET name = :name, sender_name = :senderName, sender_address = :senderAddress,
						    reply_to = :replyTo, language = :language, base_url = :baseUrl, postal_address = :postalAddress,
						    accent = :accent, ink = :ink, paper = :paper, dark_accent = :darkAccent, dark_ink = :darkInk,
						    dark_paper = :darkPaper, font = :font, logo_url = :logoUrl, logo_width = :logoWidth,
						    logo_height = :logoHeight, column_width = :width, contents = :contents, archived = :archived, approval = :approval,
						    tracking = :tracking, archive_delay_hours = :archiveDelay
						WHERE name_key = :key
						""",
				key, settings)
			.update();
	}

	private JdbcClient.StatementSpec withSettings(String sql, String key, NewsletterSettings settings) {
		EmailAddress replyTo = settings.replyTo();
		URI baseUrl = settings.baseUrl();
		return withTheme(this.jdbc.sql(sql), settings.theme()).param("key", key)
			.param("name", settings.name())
			.param("senderName", settings.sender().name())
			.param("senderAddress", settings.sender().address().value())
			.param("replyTo", (replyTo != null) ? replyTo.value() : null)
			.param("language", settings.language().toLanguageTag())
			.param("baseUrl", (baseUrl != null) ? baseUrl.toString() : null)
			.param("postalAddress", settings.postalAddress())
			.param("archived", settings.archived())
			.param("approval", settings.approval())
			.param("tracking", settings.tracking().name())
			.param("archiveDelay", settings.archiveDelay().hours());
	}

	private static JdbcClient.StatementSpec withTheme(JdbcClient.StatementSpec statement, Theme theme) {
		Logo logo = theme.logo();
		return statement.param("accent", theme.light().accent().toString())
			.param("ink", theme.light().ink().toString())
			.param("paper", theme.light().paper().toString())
			.param("darkAccent", theme.dark().accent().toString())
			.param("darkInk", theme.dark().ink().toString())
			.param("darkPaper", theme.dark().paper().toString())
			.param("font", theme.font().toString())
			.param("logoUrl", (logo != null) ? logo.url().toString() : null)
			.param("logoWidth", (logo != null) ? logo.width() : null)
			.param("logoHeight", (logo != null) ? logo.height() : null)
			.param("width", theme.width())
			.param("contents", theme.contents());
	}

	public Optional<Newsletter> find(String key) {
		return this.jdbc.sql("SELECT * FROM newsletter WHERE name_key = ?")
			.param(key)
			.query(Newsletters::read)
			.optional();
	}

	/**
	 * @throws Problem naming the newsletters there are, when none has this key
	 */
	public Newsletter require(String key) {
		return find(key).orElseThrow(() -> Problem.usage(unknown(key)));
	}

	private Sentence unknown(String key) {
		Sentence unknown = KEY.matcher(key).matches() ? Sentence.of("newsletter.unknown", key)
				: Sentence.of("newsletter.unknown.key");
		String known = all().stream().map(Newsletter::key).collect(Collectors.joining(", "));
		return known.isEmpty() ? Sentence.of("newsletter.unknown.none", unknown)
				: Sentence.of("newsletter.unknown.others", unknown, known);
	}

	/**
	 * @throws Problem when there is none
	 */
	public Newsletter byId(int id) {
		return this.jdbc.sql("SELECT * FROM newsletter WHERE id = ?")
			.param(id)
			.query(Newsletters::read)
			.optional()
			.orElseThrow(() -> Problem.usage(Sentence.of("newsletter.unknown.number", id)));
	}

	/** By key. */
	public List<Newsletter> all() {
		return this.jdbc.sql("SELECT * FROM newsletter ORDER BY name_key").query(Newsletters::read).list();
	}

	private static Newsletter read(ResultSet row, int number) throws SQLException {
		Mailbox sender = new Mailbox(row.getString("sender_name"), new EmailAddress(row.getString("sender_address")));
		String replyTo = row.getString("reply_to");
		String baseUrl = row.getString("base_url");
		return new Newsletter(row.getInt("id"), row.getString("name_key"), row.getString("name"), sender,
				(replyTo != null) ? new EmailAddress(replyTo) : null, Locale.forLanguageTag(row.getString("language")),
				(baseUrl != null) ? URI.create(baseUrl) : null, row.getString("postal_address"), theme(row),
				row.getBoolean("archived"), row.getBoolean("approval"), TrackingMode.valueOf(row.getString("tracking")),
				ArchiveDelay.ofHours(row.getInt("archive_delay_hours")));
	}

	private static Theme theme(ResultSet row) throws SQLException {
		String logo = row.getString("logo_url");
		return new Theme(palette(row, ""), palette(row, "dark_"), Font.of(row.getString("font")),
				(logo != null) ? new Logo(URI.create(logo), row.getInt("logo_width"), row.getInt("logo_height")) : null,
				row.getInt("column_width"), row.getBoolean("contents"));
	}

	private static Palette palette(ResultSet row, String prefix) throws SQLException {
		return new Palette(Theme.colour(row.getString(prefix + "accent")), Theme.colour(row.getString(prefix + "ink")),
				Theme.colour(row.getString(prefix + "paper")));
	}

}
