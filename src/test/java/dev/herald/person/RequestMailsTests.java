package dev.herald.person;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Queue;

import dev.herald.address.EmailAddress;
import dev.herald.newsletter.Newsletter;
import dev.herald.person.ReaderRequest.Kind;
import dev.herald.problem.Problem;
import dev.herald.testing.ScriptedSmtpServer;
import dev.herald.testing.ScriptedSmtpServer.Stage;
import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;
import jakarta.mail.internet.MimeMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The mails of requests, through a relay that may refuse them. */
class RequestMailsTests {

	private final Queue<String> answers = new ArrayDeque<>();

	private final ScriptedSmtpServer relay = ScriptedSmtpServer.start((stage, argument) -> answer(stage));

	private final TestDatabase.Opened database = TestDatabase.H2.open();

	private final TestHerald herald = TestHerald.on(this.database, "spring.mail.host=127.0.0.1",
			"spring.mail.port=" + this.relay.port(), "herald.allow-local-base-url=true",
			"herald.base-url=https://news.example.org", "herald.bounce-address=bounce@news.example.org");

	private final Newsletter newsletter = this.herald.newsletter("weekly", 1);

	private @Nullable String answer(Stage stage) {
		return (stage == Stage.CONTENT) ? this.answers.poll() : null;
	}

	@AfterEach
	void close() {
		this.herald.close();
		this.relay.close();
		this.database.close();
	}

	private long ask(Kind kind, Locale language) {
		return this.herald.get(ReaderRequests.class)
			.add(kind, 1, this.newsletter.id(), new EmailAddress("ann@example.com"), language);
	}

	private void send(long request) {
		this.herald.get(RequestMails.class).send(request);
	}

	@Test
	void aMailIsPlainAndHasOneLinkAndNothingThatSomebodyTyped() throws Exception {
		send(ask(Kind.ADDRESS, Locale.ENGLISH));
		ScriptedSmtpServer.Received received = this.relay.received().get(0);
		assertThat(received.sender()).isEqualTo("bounce@news.example.org");
		assertThat(received.recipient()).isEqualTo("ann@example.com");
		MimeMessage mail = new MimeMessage(null, new ByteArrayInputStream(received.content()));
		assertThat(mail.getSubject()).isEqualTo("Confirm your new address");
		assertThat(mail.getFrom()[0]).hasToString("Editors <editors@news.example>");
		assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
		assertThat(mail.getContentType()).isEqualTo("text/plain; charset=UTF-8");
		assertThat(String.valueOf(mail.getContent()))
			.containsPattern("\r\nhttps://news\\.example\\.org/u/[a-z2-7]{40}/request\r\n")
			.contains("It works until ")
			.endsWith("at news.example.org.\r\n");
		assertThat(Arrays.stream(received.text().split("\r\n")).mapToInt(String::length).max().orElse(0))
			.isLessThanOrEqualTo(78);
	}

	@Test
	void everyKindHasItsWordsInBothLanguages() throws Exception {
		for (Kind kind : Kind.values()) {
			for (Locale language : new Locale[] { Locale.ENGLISH, Locale.SIMPLIFIED_CHINESE, Locale.FRENCH }) {
				send(ask(kind, language));
			}
		}
		assertThat(this.relay.received()).hasSize(12).allSatisfy((received) -> {
			MimeMessage mail = new MimeMessage(null, new ByteArrayInputStream(received.content()));
			assertThat(String.valueOf(mail.getContent())).contains("/request", "news.example.org")
				.doesNotContain("{", "}", ".text");
			assertThat(mail.getSubject()).doesNotContain(".subject");
		});
		MimeMessage chinese = new MimeMessage(null, new ByteArrayInputStream(this.relay.received().get(1).content()));
		assertThat(chinese.getSubject()).isEqualTo("请确认您的新地址");
		assertThat(String.valueOf(chinese.getContent())).contains("链接有效至 20", "UTC");
	}

	@Test
	void aMailThatIsPutOffIsTriedAgainWithoutTheAddressInTheLog() {
		long request = ask(Kind.EXPORT, Locale.ENGLISH);
		this.answers.add("451 4.7.1 ann@example.com later");
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> send(request))
			.withMessageContaining("EXPORT")
			.withMessageNotContaining("ann@");
		send(request);
		assertThat(this.relay.received()).hasSize(1);
	}

	@Test
	void aMailThatIsRejectedOrOfWhichNothingIsKnownIsNotTriedAgain() {
		this.answers.add("550 5.1.1 nobody");
		send(ask(Kind.ERASE, Locale.ENGLISH));
		this.answers.add(ScriptedSmtpServer.HANG_UP);
		send(ask(Kind.ERASE, Locale.ENGLISH));
		assertThat(this.relay.received()).isEmpty();
	}

	@Test
	void whatIsTooOldOrDoneOrGoneIsNotMailed() {
		JdbcClient jdbc = this.herald.get(JdbcClient.class);
		long old = ask(Kind.EXPORT, Locale.ENGLISH);
		jdbc.sql("UPDATE reader_request SET expires_at = '2020-01-01 00:00:00' WHERE id = ?").param(old).update();
		send(old);
		long done = ask(Kind.ADDRESS, Locale.ENGLISH);
		this.herald.get(ReaderRequests.class).done(done);
		send(done);
		send(Objects.hash(old, done) + 1000L);
		assertThat(this.relay.received()).isEmpty();
	}

}
