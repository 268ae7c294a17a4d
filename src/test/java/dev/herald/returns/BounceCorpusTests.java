package dev.herald.returns;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.herald.returns.Report.Kind;
import dev.herald.returns.Report.ReportedRecipient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Measures the parser on the real mails in ../shared/data/bounces and prints a table a
 * source; skipped where that is absent. docs/bounces.md has the table.
 */
class BounceCorpusTests {

	private static final Path DATA = Path.of("../shared/data/bounces");

	/**
	 * The words of the sisimai project and ours. Several of theirs are one of ours where
	 * the difference is not what a sender of newsletters acts on: blocked (the server,
	 * the sender, the reputation, the name in DNS), policy (a rule, an access right,
	 * relaying), rate, system (the server, a program behind it, its disk), toobig (for
	 * all, for this mailbox). Where two of ours stand, the mail says both: a domain
	 * without a mail server takes no mail.
	 */
	private static final Map<String, Set<String>> REASONS = """
			userunknown     userunknown
			filtered        filtered
			hostunknown     hostunknown
			notaccept       nomail hostunknown
			hasmoved        hasmoved
			suspend         mailboxdisabled
			mailboxfull     mailboxfull
			mesgtoobig      toobig
			exceedlimit     toobig
			spamdetected    spam
			virusdetected   virus
			authfailure     authentication
			blocked         blocked
			rejected        blocked
			badreputation   blocked
			requireptr      blocked
			speeding        rate
			toomanyconn     rate
			policyviolation policy
			securityerror   policy
			norelaying      policy
			contenterror    content
			notcompliantrfc content
			expired         expired
			networkerror    network
			systemerror     system
			systemfull      system
			mailererror     system
			onhold          undefined
			delivered       none
			feedback        complaint none
			""".lines()
		.map((row) -> row.split(" +"))
		.collect(Collectors.toUnmodifiableMap((row) -> row[0],
				(row) -> Set.copyOf(Arrays.asList(row).subList(1, row.length))));

	@BeforeEach
	void dataIsThere() {
		assumeTrue(Files.isDirectory(DATA), "No " + DATA + " here");
	}

	@Test
	void theBarsAreMet() throws IOException {
		Figures sisimai = sisimai();
		Figures mimekit = literal("mimekit-reports");
		Figures mikel = literal("mikel-mail");
		Figures flanker = literal("flanker");
		System.out.println("| source | rows | recipients | class | reason | false hard bounces |");
		System.out.println("|---|---|---|---|---|---|");
		for (Figures figures : List.of(sisimai, mimekit, mikel, flanker)) {
			System.out.println(figures);
		}
		System.out.println("sisimai, class word for word: %.1f %%".formatted(sisimai.share(sisimai.strict)));
		sisimai.wrong.forEach(System.out::println);
		assertThat(sisimai.share(sisimai.recipients)).isGreaterThanOrEqualTo(98);
		assertThat(sisimai.share(sisimai.classes)).isGreaterThanOrEqualTo(97);
		assertThat(sisimai.share(sisimai.reasons)).isGreaterThanOrEqualTo(93);
		for (Figures figures : List.of(mimekit, mikel, flanker)) {
			assertThat(figures.wrong).as(figures.name).isEmpty();
		}
		assertThat(sisimai.falseHard).isZero();
	}

	/**
	 * Rows that the older releases of that project agree with; the others are opinion.
	 */
	private static Figures sisimai() throws IOException {
		Path folder = DATA.resolve("sisimai");
		List<Map<String, String>> literal = Table.read(folder.resolve("dsn-fields.tsv"));
		Figures figures = new Figures("sisimai");
		for (Map<String, String> row : Table.read(folder.resolve("expected.tsv"))) {
			if (!Table.cell(row, "older_sisimai_agrees").equals("yes")) {
				continue;
			}
			Report report = ReportParser.parse(Files.readAllBytes(folder.resolve(Table.cell(row, "file"))));
			Set<String> addresses = addresses(row, literal);
			Optional<ReportedRecipient> recipient = report.recipients()
				.stream()
				.filter((one) -> addresses.contains(one.address().toLowerCase(Locale.ROOT)))
				.findFirst();
			figures.add(row, report, recipient, expectsNobody(row) || recipient.isPresent());
		}
		return figures;
	}

	private static boolean expectsNobody(Map<String, String> row) {
		return Table.cell(row, "recipient").isEmpty() || Table.cell(row, "reason").equals("vacation");
	}

	/**
	 * Where an alias forwards, that table has the address behind it. Ours is the one that
	 * was sent to: the literal Original-Recipient of the same part is right as well.
	 */
	private static Set<String> addresses(Map<String, String> row, List<Map<String, String>> literal) {
		Set<String> addresses = new LinkedHashSet<>(Set.of(Table.cell(row, "recipient").toLowerCase(Locale.ROOT)));
		literal.stream()
			.filter((fields) -> Table.cell(fields, "file").equals(Table.cell(row, "file")))
			.filter((fields) -> addresses
				.contains(DeliveryStatus.address(Table.cell(fields, "Final-Recipient")).toLowerCase(Locale.ROOT)))
			.map((fields) -> DeliveryStatus.address(Table.cell(fields, "Original-Recipient")).toLowerCase(Locale.ROOT))
			.toList()
			.forEach(addresses::add);
		return addresses;
	}

	/**
	 * The literal fields of every delivery status. They state no class but this: a delay,
	 * and nothing else there, is no bounce.
	 */
	private static Figures literal(String source) throws IOException {
		Path folder = DATA.resolve(source);
		Figures figures = new Figures(source);
		figures.statesReasons = false;
		for (Map<String, String> row : Table.read(folder.resolve("dsn-fields.tsv"))) {
			Report report = ReportParser.parse(Files.readAllBytes(folder.resolve(Table.cell(row, "file"))));
			figures.rows++;
			String status = StatusCodes.enhanced(Table.cell(row, "Status"));
			String action = Table.cell(row, "Action").strip().toLowerCase(Locale.ROOT);
			Optional<ReportedRecipient> found = report.recipients()
				.stream()
				.filter((one) -> Table.cell(row, "Final-Recipient").isEmpty()
						|| Table.cell(row, "Final-Recipient").contains(one.address())
						|| Table.cell(row, "Original-Recipient").contains(one.address()))
				.filter((one) -> one.action().equals(action) && (status.isEmpty() || one.status().equals(status)))
				.findFirst();
			figures.recipients += found.isPresent() ? 1 : 0;
			boolean delayed = action.equals("delayed");
			boolean classed = found.filter((one) -> (one.bounceClass() == BounceClass.NONE) == delayed).isPresent();
			figures.classes += classed ? 1 : 0;
			figures.falseHard += found.filter((one) -> delayed && one.bounceClass() == BounceClass.HARD).isPresent() ? 1
					: 0;
			if (!classed) {
				figures.wrong.add(row + " but " + report);
			}
		}
		return figures;
	}

	@Test
	void whatTheProjectsAssertOfTheirMailsIsRead() throws IOException {
		assertThat(kind("mimekit-reports/messages/feedback-report.txt")).isEqualTo(Kind.COMPLAINT);
		assertThat(kind("mimekit-reports/messages/disposition-notification.txt")).isEqualTo(Kind.RECEIPT);
		assertThat(kind("mimekit-reports/messages/multipart-digest.txt")).isEqualTo(Kind.OTHER);
		assertThat(report("mimekit-reports/messages/feedback-report.txt").recipients())
			.extracting(ReportedRecipient::address)
			.containsExactly("user@example.com");
		String mikel = "mikel-mail/emails/multipart_report_emails/";
		assertThat(kind(mikel + "report_422.eml")).isEqualTo(Kind.DELAY);
		assertThat(kind(mikel + "report_530.eml")).isEqualTo(Kind.BOUNCE);
		assertThat(kind(mikel + "multipart_report_multiple_status.eml")).isEqualTo(Kind.BOUNCE);
		assertThat(kind(mikel + "multi_address_bounce1.eml")).isEqualTo(Kind.BOUNCE);
		assertThat(kind(mikel + "multi_address_bounce2.eml")).isEqualTo(Kind.BOUNCE);
		assertThat(kind("flanker/messages/disposition-notification.eml")).isEqualTo(Kind.RECEIPT);
		assertThat(kind("flanker/messages/complaints/aol.eml")).isEqualTo(Kind.COMPLAINT);
		assertThat(kind("flanker/messages/complaints/yahoo.eml")).isEqualTo(Kind.COMPLAINT);
		assertThat(kind("flanker/messages/signed.eml")).isEqualTo(Kind.OTHER);
		assertThat(report("flanker/messages/bounce/zed.eml").recipients().get(0).status()).isEqualTo("5.1.1");
		assertThat(report("flanker/messages/bounce/office365.eml").recipients().get(0).status()).isEqualTo("5.1.10");
	}

	private static Kind kind(String file) throws IOException {
		return report(file).kind();
	}

	private static Report report(String file) throws IOException {
		return ReportParser.parse(Files.readAllBytes(DATA.resolve(file)));
	}

	@Test
	void noOrdinaryMailIsABounce() throws IOException {
		List<Path> ordinary = new ArrayList<>();
		for (String folder : List.of("mikel-mail/emails/rfc2822", "mikel-mail/emails/multi_charset",
				"mikel-mail/emails/error_emails", "mikel-mail/emails/rfc6532", "flanker/messages/dkim")) {
			try (var files = Files.list(DATA.resolve(folder))) {
				ordinary.addAll(files.filter(Files::isRegularFile).toList());
			}
		}
		List<Path> taken = new ArrayList<>();
		for (Path file : ordinary) {
			if (ReportParser.parse(Files.readAllBytes(file)).kind() == Kind.BOUNCE) {
				taken.add(file);
			}
		}
		assertThat(ordinary).hasSizeGreaterThan(50);
		assertThat(taken).isEmpty();
	}

	private static final class Figures {

		private final String name;

		/** Where a source states none, none are counted. */
		private boolean statesReasons = true;

		private int rows;

		private int recipients;

		private int classes;

		private int reasons;

		private int strict;

		private int falseHard;

		private final List<String> wrong = new ArrayList<>();

		Figures(String name) {
			this.name = name;
		}

		void add(Map<String, String> row, Report report, Optional<ReportedRecipient> recipient, boolean found) {
			String expected = Table.cell(row, "class");
			String word = Table.cell(row, "reason");
			boolean reply = word.equals("vacation");
			String bounceClass = recipient.map((one) -> one.bounceClass().name().toLowerCase(Locale.ROOT))
				.orElse((report.kind() == Kind.BOUNCE) ? "?" : "none");
			// A delay notice is no bounce: that table calls it soft.
			boolean delay = report.kind() == Kind.DELAY && !expected.equals("hard") && bounceClass.equals("none");
			boolean classed = bounceClass.equals(expected) || delay
					|| (expected.equals("unknown") && bounceClass.equals("soft"));
			boolean reasoned = reply ? report.kind() == Kind.AUTOREPLY
					: recipient.or(() -> report.recipients().stream().findFirst())
						.filter((one) -> REASONS.getOrDefault(word, Set.of()).contains(one.reason()))
						.isPresent();
			this.rows++;
			this.recipients += found ? 1 : 0;
			this.classes += classed ? 1 : 0;
			this.reasons += reasoned ? 1 : 0;
			this.strict += bounceClass.equals(expected) ? 1 : 0;
			boolean nothing = expected.equals("none") || Table.cell(row, "action").equals("delayed");
			this.falseHard += (nothing && bounceClass.equals("hard")) ? 1 : 0;
			if (!(found && classed && reasoned)) {
				this.wrong.add(Table.cell(row, "file") + " " + Table.cell(row, "recipient") + " " + expected + " "
						+ word + " read as " + report);
			}
		}

		double share(int count) {
			return 100.0 * count / this.rows;
		}

		@Override
		public String toString() {
			String reasoned = this.statesReasons ? "%.1f %%".formatted(share(this.reasons)) : "–";
			return "| %s | %d | %.1f %% | %.1f %% | %s | %d |".formatted(this.name, this.rows, share(this.recipients),
					share(this.classes), reasoned, this.falseHard);
		}

	}

}
