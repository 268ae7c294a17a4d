package dev.herald.segment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.herald.audit.Action;
import dev.herald.audit.Change;
import dev.herald.newsletter.Newsletter;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import dev.herald.schema.Utc;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The segments of newsletters. One that is deleted can be brought back until another
 * takes its key. Thread-safe.
 */
@Service
public class Segments {

	private static final Pattern KEY = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

	/** What the audit log takes of a tree. */
	private static final int LONGEST_RECORD = 2000;

	private final JdbcClient jdbc;

	private final TreeCheck trees;

	private final TransactionTemplate transactions;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	Segments(JdbcClient jdbc, TreeCheck trees, TransactionTemplate transactions, ApplicationEventPublisher events,
			Clock clock) {
		this.jdbc = jdbc;
		this.trees = trees;
		this.transactions = transactions;
		this.events = events;
		this.clock = clock;
	}

	/** By name. */
	public List<Segment> of(Newsletter newsletter) {
		return this.jdbc
			.sql("SELECT * FROM segment WHERE newsletter_id = ? AND deleted_at IS NULL ORDER BY name, name_key")
			.param(newsletter.id())
			.query(Segments::read)
			.list();
	}

	public Optional<Segment> find(Newsletter newsletter, String key) {
		return this.jdbc.sql("SELECT * FROM segment WHERE newsletter_id = ? AND name_key = ? AND deleted_at IS NULL")
			.params(newsletter.id(), key)
			.query(Segments::read)
			.optional();
	}

	/**
	 * @throws Problem naming the segments there are, when none has this key
	 */
	public Segment require(Newsletter newsletter, String key) {
		return find(newsletter, key).orElseThrow(() -> Problem.usage(unknown(newsletter, key)));
	}

	private Sentence unknown(Newsletter newsletter, String key) {
		Sentence unknown = KEY.matcher(key).matches() ? Sentence.of("segment.unknown", key)
				: Sentence.of("segment.unknown.key");
		String known = of(newsletter).stream().map(Segment::key).collect(Collectors.joining(", "));
		return known.isEmpty() ? Sentence.of("segment.unknown.none", unknown)
				: Sentence.of("segment.unknown.others", unknown, known);
	}

	/**
	 * @throws Problem when the key is taken or is none, the name is none, or the tree
	 * names an issue or a provider that there is none of
	 */
	public Segment create(Newsletter newsletter, String key, String name, Tree tree) {
		if (!KEY.matcher(key).matches()) {
			throw Problem.usage(Sentence.of("segment.key"));
		}
		String said = name(name);
		this.trees.check(newsletter, tree);
		try {
			return Objects.requireNonNull(this.transactions.execute((status) -> {
				insert(newsletter, key, said, tree);
				this.events.publishEvent(Change.of(Action.SEGMENT_CREATED, subject(newsletter, key))
					.with("name", said)
					.with("tree", recorded(tree)));
				return require(newsletter, key);
			}));
		}
		catch (DuplicateKeyException ex) {
			throw new Problem(Problem.Kind.USAGE, Sentence.of("segment.there", key), ex);
		}
	}

	private void insert(Newsletter newsletter, String key, String name, Tree tree) {
		this.jdbc.sql("DELETE FROM segment WHERE newsletter_id = ? AND name_key = ? AND deleted_at IS NOT NULL")
			.params(newsletter.id(), key)
			.update();
		this.jdbc.sql("""
				INSERT INTO segment (newsletter_id, name_key, name, tree, created_at, changed_at)
				VALUES (:newsletter, :key, :name, :tree, :now, :now)
				""")
			.param("newsletter", newsletter.id())
			.param("key", key)
			.param("name", name)
			.param("tree", TreeJson.write(tree))
			.param("now", now())
			.update();
	}

	/**
	 * Sends that were asked for keep the tree that they were asked for with.
	 * @throws Problem when there is none with this key, and as {@link #create}
	 */
	public Segment change(Newsletter newsletter, String key, String name, Tree tree) {
		return ((Saving.Saved) change(newsletter, key, name, tree, (before) -> true)).segment();
	}

	/**
	 * The same, unless somebody else changed it in between.
	 * @param seen the state that the change was made of
	 */
	public Saving change(Newsletter newsletter, String key, String name, Tree tree, String seen) {
		return change(newsletter, key, name, tree, (before) -> before.state().equals(seen));
	}

	private Saving change(Newsletter newsletter, String key, String name, Tree tree, Predicate<Segment> over) {
		String said = name(name);
		this.trees.check(newsletter, tree);
		return Objects.requireNonNull(this.transactions.execute((status) -> {
			lock(newsletter, key);
			Segment before = require(newsletter, key);
			if (!over.test(before) && !(before.name().equals(said) && before.tree().equals(tree))) {
				return new Saving.Conflict(before);
			}
			this.jdbc.sql("UPDATE segment SET name = ?, tree = ?, changed_at = ? WHERE id = ?")
				.params(said, TreeJson.write(tree), now(), before.id())
				.update();
			Change change = Change.of(Action.SEGMENT_CHANGED, subject(newsletter, key))
				.with("name", before.name(), said)
				.with("tree", recorded(before.tree()), recorded(tree));
			if (!change.isNothing()) {
				this.events.publishEvent(change);
			}
			return new Saving.Saved(require(newsletter, key));
		}));
	}

	/** Two who save at once do so one after the other, and the second sees the first. */
	private void lock(Newsletter newsletter, String key) {
		this.jdbc.sql("SELECT id FROM segment WHERE newsletter_id = ? AND name_key = ? FOR UPDATE")
			.params(newsletter.id(), key)
			.query(Integer.class)
			.optional();
	}

	/**
	 * Sends that were asked for are none the different.
	 * @throws Problem when there is none with this key
	 */
	public void delete(Newsletter newsletter, String key) {
		this.transactions.executeWithoutResult((status) -> {
			Segment before = require(newsletter, key);
			this.jdbc.sql("UPDATE segment SET deleted_at = ? WHERE id = ?").params(now(), before.id()).update();
			this.events.publishEvent(Change.of(Action.SEGMENT_DELETED, subject(newsletter, key))
				.with("name", before.name(), null)
				.with("tree", recorded(before.tree()), null));
		});
	}

	/**
	 * Takes the deleting back.
	 * @return false where it is too late
	 */
	public boolean restore(Newsletter newsletter, String key) {
		return Boolean.TRUE.equals(this.transactions.execute((status) -> {
			boolean back = this.jdbc.sql("""
					UPDATE segment SET deleted_at = NULL
					WHERE newsletter_id = ? AND name_key = ? AND deleted_at IS NOT NULL
					""").params(newsletter.id(), key).update() == 1;
			if (back) {
				Segment segment = require(newsletter, key);
				this.events.publishEvent(Change.of(Action.SEGMENT_RESTORED, subject(newsletter, key))
					.with("name", segment.name())
					.with("tree", recorded(segment.tree())));
			}
			return back;
		}));
	}

	/** A key that is free, made of a name. */
	public String freeKey(Newsletter newsletter, String name) {
		String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
		String stem = plain.isEmpty() ? "segment"
				: plain.substring(0, Math.min(50, plain.length())).replaceAll("-+$", "");
		Set<String> taken = of(newsletter).stream().map(Segment::key).collect(Collectors.toSet());
		String key = stem;
		for (int i = 2; taken.contains(key); i++) {
			key = stem + "-" + i;
		}
		return key;
	}

	/**
	 * Names of attributes that subscribers have, whatever they subscribe to; at most the
	 * given number, by name.
	 */
	public List<String> attributeNames(int most) {
		Set<String> names = new LinkedHashSet<>();
		String last = "";
		// From name to name by the index: a DISTINCT reads every row of a million people.
		while (names.size() < most) {
			Optional<String> next = this.jdbc
				.sql("SELECT name FROM subscriber_attribute WHERE name > ? ORDER BY name LIMIT 1")
				.param(last)
				.query(String.class)
				.optional();
			if (next.isEmpty()) {
				break;
			}
			last = next.get();
			names.add(last);
		}
		return List.copyOf(names);
	}

	private static String name(String name) {
		String said = name.strip();
		if (said.isEmpty() || said.length() > Segment.LONGEST_NAME
				|| said.codePoints().anyMatch(Character::isISOControl)) {
			throw Problem.usage(Sentence.of("segment.name", Segment.LONGEST_NAME));
		}
		return said;
	}

	private static String subject(Newsletter newsletter, String key) {
		return newsletter.key() + "/" + key;
	}

	private static String recorded(Tree tree) {
		String json = TreeJson.write(tree);
		return (json.length() <= LONGEST_RECORD) ? json : json.substring(0, LONGEST_RECORD - 1) + "…";
	}

	private LocalDateTime now() {
		return Utc.of(this.clock.instant());
	}

	private static Segment read(ResultSet row, int number) throws SQLException {
		return new Segment(row.getInt("id"), row.getInt("newsletter_id"), row.getString("name_key"),
				row.getString("name"), TreeJson.read(row.getString("tree")), Utc.read(row, "changed_at"));
	}

	/** What became of a change. */
	public sealed interface Saving {

		record Saved(Segment segment) implements Saving {
		}

		/**
		 * Somebody else changed it in between, and nothing was kept.
		 *
		 * @param newest as they left it
		 */
		record Conflict(Segment newest) implements Saving {
		}

	}

}
