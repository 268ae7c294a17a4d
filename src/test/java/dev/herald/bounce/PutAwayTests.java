package dev.herald.bounce;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import dev.herald.bounce.CollectBounces.Collected;
import dev.herald.problem.Problem;
import dev.herald.testing.TestDatabase;
import dev.herald.tracking.DeliveryLinks;
import jakarta.mail.Flags;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What becomes of a mail once it is recorded, on servers that can more or less. */
class PutAwayTests {

	private static final TestDatabase.Opened DATABASE = TestDatabase.H2.open();

	private static ConfigurableApplicationContext application;

	private final ReturnsServer server = new ReturnsServer();

	private final Rows rows = new Rows(DATABASE.jdbc());

	@BeforeAll
	static void start() {
		application = ReturnsApplication.start(DATABASE);
	}

	@AfterAll
	static void stop() {
		application.close();
		DATABASE.close();
	}

	@BeforeEach
	void prepare() throws Exception {
		this.rows.insert();
		this.server.deliver(
				ReturnsServer.report(application.getBean(DeliveryLinks.class), 1, "5.1.1", "550 5.1.1 User unknown"));
		this.server.deliver("From: ann@example.net\nSubject: a question\n\nHello");
	}

	@AfterEach
	void close() {
		this.server.close();
	}

	/** As a run of the job does, with another mailbox each time. */
	private Collected collect(int port, String... more) {
		try (var context = ReturnsApplication.start(DATABASE,
				ReturnsServer.mailbox("main", "imap", port, ReturnsServer.PASSWORD, more))) {
			return context.getBean(CollectBounces.class).run();
		}
	}

	private Collected collect(String... more) {
		return collect(this.server.port("imap"), more);
	}

	private static final Collected BOTH = new Collected(2, 1, 1, 0, 1);

	private static final Collected NOTHING = new Collected(0, 0, 0, 0, 0);

	@Test
	void recordedMailsAreMovedAndTheOthersToReviewInFoldersThatAreMadeWhenMissing() throws Exception {
		assertThat(this.server.folder("Herald.Recorded")).isNull();
		assertThat(collect()).isEqualTo(BOTH);
		assertThat(this.server.left()).isEmpty();
		assertThat(this.server.subjects("Herald.Recorded")).containsExactly("Undelivered mail returned to sender");
		assertThat(this.server.subjects("Herald.Review")).containsExactly("a question");
		assertThat(collect()).isEqualTo(NOTHING);
	}

	@Test
	void foldersAreNamedWithSlashesWhateverTheServerHas() throws Exception {
		collect("recorded-folder=Bounces/2026/Recorded", "review-folder=Bounces/Look at it");
		assertThat(this.server.subjects("Bounces.2026.Recorded")).hasSize(1);
		assertThat(this.server.subjects("Bounces.Look at it")).hasSize(1);
	}

	@Test
	void whereAServerKeepsFoldersBelowAPrefixTheyAreMadeThere() throws Exception {
		try (ImapProxy proxy = ImapProxy.answering(this.server.port("imap"),
				(line) -> line.replace(" UIDPLUS", " UIDPLUS NAMESPACE"),
				(command) -> command.equals("NAMESPACE")
						? Optional.of("* NAMESPACE ((\"INBOX.\" \".\")) NIL NIL\r\nTAG OK done\r\n")
						: Optional.empty())) {
			assertThat(collect(proxy.port())).isEqualTo(BOTH);
			assertThat(proxy.commands()).contains("CREATE INBOX.Herald.Recorded", "CREATE INBOX.Herald.Review")
				.noneMatch((command) -> command.startsWith("CREATE Herald"));
		}
		assertThat(this.server.left()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "MOVE", "MOVE UIDPLUS" })
	void aServerWithoutMoveCopiesAndExpunges(String missing) throws Exception {
		try (ImapProxy proxy = ImapProxy.without(this.server.port("imap"), missing.split(" "))) {
			assertThat(collect(proxy.port())).isEqualTo(BOTH);
			assertThat(proxy.commands()).noneMatch((command) -> command.startsWith("MOVE"))
				.anyMatch((command) -> command.startsWith("COPY"))
				.anyMatch((command) -> command.matches(missing.contains("UIDPLUS") ? "EXPUNGE" : "UID EXPUNGE \\d+"));
		}
		assertThat(this.server.left()).isEmpty();
		assertThat(this.server.subjects("Herald.Recorded")).hasSize(1);
		assertThat(this.server.subjects("Herald.Review")).hasSize(1);
	}

	@Test
	void whatSomebodyElseHasMarkedAsDeletedIsNeitherReadNorExpunged() throws Exception {
		this.server.deliver("From: ann@example.net\nSubject: in two minds\n\nHello");
		this.server.inbox().getMessages().get(2).setFlags(new Flags(Flags.Flag.DELETED), true);
		try (ImapProxy proxy = ImapProxy.without(this.server.port("imap"), "MOVE", "UIDPLUS")) {
			assertThat(collect(proxy.port(), "after=delete")).isEqualTo(BOTH);
			assertThat(this.server.left()).contains("in two minds");
			assertThat(collect(proxy.port(), "after=delete")).isEqualTo(NOTHING);
		}
		assertThat(this.server.subjects("Herald.Review")).containsExactly("a question");
	}

	@Test
	void flaggedMailsStayAndTheNextRunPassesThemOverWithoutTheTable() throws Exception {
		assertThat(collect("after=flag")).isEqualTo(BOTH);
		assertThat(this.server.left()).containsExactly("Undelivered mail returned to sender");
		assertThat(this.server.flags().get(0).contains("$HeraldRecorded")).isTrue();
		assertThat(this.server.flags().get(0).contains(Flags.Flag.SEEN)).isTrue();
		assertThat(remembered()).isEmpty();
		assertThat(collect("after=flag")).isEqualTo(NOTHING);
	}

	@Test
	void whereAServerKeepsNoKeywordsTheTableRemembersWhatIsRecorded() throws Exception {
		try (ImapProxy proxy = ImapProxy.replying(this.server.port("imap"), (line) -> line.replace(" \\*)", ")"))) {
			assertThat(collect(proxy.port(), "after=flag")).isEqualTo(BOTH);
			assertThat(this.server.flags().get(0).contains("$HeraldRecorded")).isFalse();
			assertThat(this.server.flags().get(0).contains(Flags.Flag.SEEN)).isTrue();
			assertThat(remembered()).containsExactly("RECORDED");
			assertThat(collect(proxy.port(), "after=flag")).isEqualTo(NOTHING);
		}
	}

	@Test
	void deletedMailsAreGoneAndWithoutAReviewFolderTheOthersStayUnread() throws Exception {
		assertThat(collect("after=delete", "review-folder=")).isEqualTo(BOTH);
		assertThat(this.server.left()).containsExactly("a question");
		assertThat(this.server.flags().get(0).contains(Flags.Flag.SEEN)).isFalse();
		assertThat(remembered()).containsExactly("OTHER");
		assertThat(this.server.folder("Herald.Recorded")).isNull();
		assertThat(this.server.folder("Herald.Review")).isNull();
		assertThat(collect("after=delete", "review-folder=")).isEqualTo(NOTHING);
	}

	/** RFC 3501 section 2.3.1.1: then all UIDs mean something else. */
	@Test
	void anotherUidValidityLosesNothingAndRecordsNothingTwice() throws Exception {
		collect("after=delete", "review-folder=");
		Function<String, String> anew = (line) -> line.replaceAll("UIDVALIDITY \\d+", "UIDVALIDITY 7");
		this.server.deliver(
				ReturnsServer.report(application.getBean(DeliveryLinks.class), 1, "5.1.1", "550 5.1.1 User unknown"));
		this.server.deliver(
				ReturnsServer.report(application.getBean(DeliveryLinks.class), 2, "5.1.1", "550 5.1.1 User unknown"));
		try (ImapProxy proxy = ImapProxy.replying(this.server.port("imap"), anew::apply)) {
			assertThat(collect(proxy.port(), "after=delete", "review-folder=")).isEqualTo(new Collected(3, 1, 1, 0, 1));
		}
		assertThat(this.rows.bounces()).containsExactly("1 HARD userunknown", "2 HARD userunknown");
		assertThat(this.server.left()).containsExactly("a question");
	}

	@Test
	void aFolderThatCantBeMadeIsSaidAndTheFactsAreKept() throws Exception {
		Function<String, Optional<String>> refusing = (command) -> command.startsWith("CREATE")
				? Optional.of("TAG NO [NOPERM] Folders are not for you\r\n") : Optional.empty();
		try (ImapProxy proxy = ImapProxy.answering(this.server.port("imap"), (line) -> line, refusing)) {
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> collect(proxy.port()))
				.withMessageContaining("Herald.Recorded");
		}
		assertThat(this.rows.bounces()).containsExactly("1 HARD userunknown");
		assertThat(this.server.left()).hasSize(2);
		assertThat(collect()).isEqualTo(new Collected(2, 0, 0, 0, 1));
		assertThat(this.server.left()).isEmpty();
	}

	private List<String> remembered() {
		return DATABASE.jdbc().sql("SELECT kind FROM collected_mail").query(String.class).list();
	}

}
