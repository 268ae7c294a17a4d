package dev.herald.mailbox;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import dev.herald.address.EmailAddress;
import dev.herald.problem.Problem;
import dev.herald.settings.Installation;
import dev.herald.smtp.RelaySettings;
import dev.herald.smtp.SendOutcome;
import dev.herald.smtp.SmtpConnection;
import dev.herald.testing.ServerPort;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.support.StaticListableBeanFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class BuiltInMailboxTests {

	private static final String MAIL = "From: Editors <e@news.example>\r\nSubject: =?UTF-8?B?5a6J6Z2Z?=\r\n\r\nHello\r\n";

	@TempDir
	private Path folder;

	private final List<String> arrivals = new CopyOnWriteArrayList<>();

	private BuiltInMailbox mailbox = mailbox(0);

	private BuiltInMailbox mailbox(int imapPort) {
		StaticListableBeanFactory listeners = new StaticListableBeanFactory();
		listeners.addBean("listener",
				(ArrivalListener) (sender, recipient, mail) -> this.arrivals.add(recipient.value()));
		Installation installation = new Installation(Path.of(String.valueOf(this.folder)),
				URI.create("http://localhost:8080"), false, "bounce@news.example");
		return new BuiltInMailbox(installation, new MailFiles(installation),
				new MailboxSettings(imapPort, (imapPort > 0) ? "secret" : ""),
				listeners.getBeanProvider(ArrivalListener.class));
	}

	@AfterEach
	void stop() {
		this.mailbox.destroy();
	}

	@Test
	void aMailIsKeptWithItsEnvelopeOnTop() {
		this.mailbox = mailbox(0);
		deliver("reader@example.org", MAIL);

		StoredMail stored = this.mailbox.list(0, 10).get(0);
		assertThat(stored.recipient()).isEqualTo(EmailAddress.parse("reader@example.org"));
		assertThat(stored.subject()).isEqualTo("安静");
		String text = new String(this.mailbox.read(stored.id()), StandardCharsets.US_ASCII);
		assertThat(text).startsWith("Delivered-To: reader@example.org\r\nReturn-Path: <bounce+x@news.example>\r\n")
			.endsWith(MAIL.stripTrailing());
		assertThat(this.arrivals).containsExactly("reader@example.org");
	}

	@Test
	void mailsSurviveTheServerAndTheNewestComesFirst() {
		this.mailbox = mailbox(0);
		deliver("one@example.org", MAIL);
		deliver("two@example.org", MAIL);
		this.mailbox.destroy();
		this.mailbox = mailbox(0);
		assertThat(this.mailbox.list(0, 10)).extracting((mail) -> mail.recipient().value())
			.containsExactly("two@example.org", "one@example.org");
		assertThat(this.mailbox.list(1, 10)).extracting((mail) -> mail.recipient().value())
			.containsExactly("one@example.org");
		assertThat(this.mailbox.count()).isEqualTo(2);
	}

	@Test
	void reportsGoToTheBounceMailboxAndAreReadOverImap() throws MessagingException {
		int imapPort = ServerPort.find();
		this.mailbox = mailbox(imapPort);
		deliver("bounce+token@news.example", MAIL);
		deliver("reader@example.org", MAIL);

		try (Store store = Session.getInstance(new Properties()).getStore("imap")) {
			store.connect("127.0.0.1", imapPort, "bounce@news.example", "secret");
			Folder inbox = store.getFolder("INBOX");
			inbox.open(Folder.READ_ONLY);
			assertThat(inbox.getMessageCount()).isEqualTo(1);
		}
		assertThat(this.mailbox.list(0, 10)).hasSize(1);
		assertThat(this.arrivals).containsExactly("reader@example.org");
	}

	@ParameterizedTest
	@ValueSource(strings = { "../../etc/passwd", "", "1234567890123-1-000001/../x", "0000000000000-0-000000" })
	void anIdThatIsNoMailReadsNothing(String id) {
		this.mailbox = mailbox(0);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.mailbox.read(id))
			.withMessageContaining("no such mail");
	}

	@Test
	void aFolderThatCantBeWrittenIsNotAccepted() throws IOException {
		this.mailbox = mailbox(0);
		Files.writeString(this.folder.resolve("mailbox"), "a file where the folder should be");
		try (SmtpConnection connection = connect()) {
			assertThat(connection.deliver(EmailAddress.parse("bounce+x@news.example"),
					EmailAddress.parse("reader@example.org"), MAIL.getBytes(StandardCharsets.US_ASCII)))
				.isInstanceOf(SendOutcome.Deferred.class);
		}
	}

	@Test
	void noHalfMailIsEverListed() throws IOException {
		this.mailbox = mailbox(0);
		deliver("reader@example.org", MAIL);
		try (Stream<Path> files = Files.list(this.folder.resolve("mailbox"))) {
			assertThat(files).allMatch((file) -> file.toString().endsWith(".eml"));
		}
	}

	@Test
	void anImapPortNeedsAPassword() {
		assertThatIllegalArgumentException().isThrownBy(() -> new MailboxSettings(3143, ""))
			.withMessageContaining("herald.mailbox.imap-password");
		assertThatIllegalArgumentException().isThrownBy(() -> new MailboxSettings(70_000, "x"))
			.withMessageContaining("herald.mailbox.imap-port");
	}

	private void deliver(String recipient, String mail) {
		try (SmtpConnection connection = connect()) {
			assertThat(connection.deliver(EmailAddress.parse("bounce+x@news.example"), EmailAddress.parse(recipient),
					mail.getBytes(StandardCharsets.US_ASCII)))
				.isInstanceOf(SendOutcome.Accepted.class);
		}
	}

	private SmtpConnection connect() {
		SmtpConnection connection = new SmtpConnection(RelaySettings.of("127.0.0.1", this.mailbox.smtpPort()));
		assertThat(connection.open()).isEmpty();
		return connection;
	}

}
