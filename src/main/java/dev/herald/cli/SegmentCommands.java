package dev.herald.cli;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.Newsletters;
import dev.herald.problem.Problem;
import dev.herald.segment.Segment;
import dev.herald.segment.SegmentCounts;
import dev.herald.segment.Segments;
import dev.herald.segment.Tree;
import dev.herald.segment.TreeJson;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands on segments. */
final class SegmentCommands {

	private SegmentCommands() {
	}

	static Object[] all(Console console, Beans beans) {
		return new Object[] { new ListThem(console, beans), new Show(console, beans), new Create(console, beans),
				new Set(console, beans), new Count(console, beans), new Delete(console, beans) };
	}

	/** Empty where it could not be counted in time. */
	private static String people(Optional<Integer> count) {
		return count.map("%,d"::formatted).orElse("not counted in time");
	}

	private static Tree read(Path file) {
		try {
			return TreeJson.read(StandardCharsets.UTF_8.newDecoder()
				.decode(ByteBuffer.wrap(InputFiles.read(file)))
				.toString()
				.replaceFirst("^\uFEFF", ""));
		}
		catch (CharacterCodingException ex) {
			throw new Problem(Problem.Kind.USAGE, "%s is not in UTF-8.".formatted(file), ex);
		}
	}

	/** A command on the segments of a newsletter. */
	private abstract static class OfNewsletter implements Callable<Integer> {

		final Console console;

		final Beans beans;

		@Option(names = "--newsletter", required = true, paramLabel = "KEY", description = "The newsletter.")
		private String newsletter = "";

		OfNewsletter(Console console, Beans beans) {
			this.console = console;
			this.beans = beans;
		}

		Newsletter newsletter() {
			return this.beans.get(Newsletters.class).require(this.newsletter);
		}

		Segments segments() {
			return this.beans.get(Segments.class);
		}

		Optional<Integer> count(Newsletter newsletter, Tree tree) {
			return this.beans.get(SegmentCounts.class).count(newsletter, tree);
		}

		/** What it came to, for people. */
		int kept(String what, Newsletter newsletter, Segment segment) {
			this.console.print("%s segment %s; active subscriptions in it now: %s".formatted(what, segment.key(),
					people(count(newsletter, segment.tree()))));
			return 0;
		}

	}

	/** A command on one of them. */
	private abstract static class OfOne extends OfNewsletter {

		@Parameters(paramLabel = "KEY", description = "The segment: lower-case letters, digits, hyphens.")
		String key = "";

		OfOne(Console console, Beans beans) {
			super(console, beans);
		}

	}

	@Command(name = "list",
			description = "The segments of a newsletter, and how many active subscriptions are in each.",
			footer = { "", "Example:", "  herald segment list --newsletter weekly" })
	private static final class ListThem extends OfNewsletter {

		ListThem(Console console, Beans beans) {
			super(console, beans);
		}

		@Override
		public Integer call() {
			Newsletter newsletter = newsletter();
			List<Segment> segments = segments().of(newsletter);
			if (segments.isEmpty()) {
				this.console
					.say("Newsletter %s has no segments. To make one: segment create.".formatted(newsletter.key()));
			}
			for (Segment segment : segments) {
				this.console.print("%-20s %9s  %s".formatted(segment.key(), people(count(newsletter, segment.tree())),
						segment.name()));
			}
			return 0;
		}

	}

	@Command(name = "show", description = "The conditions of a segment, as JSON that create and set read.",
			footer = { "", "Example:", "  herald segment show berlin --newsletter weekly" })
	private static final class Show extends OfOne {

		Show(Console console, Beans beans) {
			super(console, beans);
		}

		@Override
		public Integer call() {
			this.console.print(TreeJson.pretty(segments().require(newsletter(), this.key).tree()));
			return 0;
		}

	}

	@Command(name = "create",
			description = "Makes a segment of a newsletter: who of its subscriptions meets the conditions in a JSON file.",
			footer = { "", "Example:",
					"  herald segment create berlin --newsletter weekly --name \"In Berlin\" --tree berlin.json" })
	private static final class Create extends OfOne {

		@Option(names = "--name", paramLabel = "TEXT", description = "For people; default: the key.")
		private @Nullable String name;

		@Option(names = "--tree", required = true, paramLabel = "FILE",
				description = "The conditions, as docs/segments.md describes them.")
		private Path tree = Path.of("");

		Create(Console console, Beans beans) {
			super(console, beans);
		}

		@Override
		public Integer call() {
			Newsletter newsletter = newsletter();
			return kept("Created", newsletter, segments().create(newsletter, this.key,
					(this.name != null) ? this.name : this.key, read(this.tree)));
		}

	}

	@Command(name = "set",
			description = { "Changes a segment; what is not named stays.",
					"Sends that were asked for keep the conditions that they were asked for with." },
			footer = { "", "Example:", "  herald segment set berlin --newsletter weekly --tree berlin.json" })
	private static final class Set extends OfOne {

		@Option(names = "--name", paramLabel = "TEXT", description = "For people.")
		private @Nullable String name;

		@Option(names = "--tree", paramLabel = "FILE", description = "The conditions.")
		private @Nullable Path tree;

		Set(Console console, Beans beans) {
			super(console, beans);
		}

		@Override
		public Integer call() {
			Newsletter newsletter = newsletter();
			Segment now = segments().require(newsletter, this.key);
			Path file = this.tree;
			return kept("Changed", newsletter, segments().change(newsletter, this.key,
					(this.name != null) ? this.name : now.name(), (file != null) ? read(file) : now.tree()));
		}

	}

	@Command(name = "count", description = "How many active subscriptions are in a segment now.",
			footer = { "", "Example:", "  herald segment count berlin --newsletter weekly" })
	private static final class Count extends OfOne {

		Count(Console console, Beans beans) {
			super(console, beans);
		}

		@Override
		public Integer call() {
			Newsletter newsletter = newsletter();
			int people = count(newsletter, segments().require(newsletter, this.key).tree()).orElseThrow(() -> Problem
				.work("It could not be counted within five seconds. Try again when the database has less to do."));
			this.console.print(Integer.toString(people));
			return 0;
		}

	}

	@Command(name = "delete",
			description = "Deletes a segment, or brings it back. Sends that were asked for are none the different.",
			footer = { "", "Example:", "  herald segment delete berlin --newsletter weekly" })
	private static final class Delete extends OfOne {

		@Option(names = "--undo", description = "Bring back one that was deleted.")
		private boolean undo;

		Delete(Console console, Beans beans) {
			super(console, beans);
		}

		@Override
		public Integer call() {
			Newsletter newsletter = newsletter();
			if (!this.undo) {
				segments().delete(newsletter, this.key);
				this.console
					.print("Deleted segment %s. To bring it back: the same command with --undo.".formatted(this.key));
				return 0;
			}
			if (!segments().restore(newsletter, this.key)) {
				throw Problem.usage("No segment %s of newsletter %s was deleted, or another has taken its key."
					.formatted(this.key, newsletter.key()));
			}
			this.console.print("Segment %s is back.".formatted(this.key));
			return 0;
		}

	}

}
