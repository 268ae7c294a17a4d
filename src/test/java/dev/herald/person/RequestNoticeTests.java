package dev.herald.person;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Queue;

import dev.herald.address.EmailAddress;
import dev.herald.newsletter.Newsletter;
import dev.herald.notice.Notices;
import dev.herald.person.ReaderRequest.Kind;
import dev.herald.testing.ScriptedSmtpServer;
import dev.herald.testing.ScriptedSmtpServer.Stage;
import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import org.jspecify.annotations.Nullable;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** The mails of requests, through a relay that may refuse them. */
class RequestNoticeTests {

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

	private void send() {
		this.herald.get(Notices.class).sendDue();
	}

	private String state(long request) {
		return this.herald.get(JdbcClient.class)
			.sql("SELECT state FROM notice WHERE kind = 'reader-request' AND about = ?")
			.param(request)
			.query(String.class)
			.single();
	}

	private static MimeMessage parsed(ScriptedSmtpServer.Received received) throws MessagingException {
		return new MimeMessage(null, new ByteArrayInputStream(received.content()));
	}

	/** The plain text, however its lines are wrapped. */
	private static String words(MimeMessage mail) throws MessagingException, IOException {
		return part(mail, 0).replaceAll("\\s+", " ");
	}

	private static String part(MimeMessage mail, int number) throws MessagingException, IOException {
		return String.valueOf(((Multipart) mail.getContent()).getBodyPart(number).getContent());
	}

	@Test
	void aMailHasOneLinkAndNothingThatSomebodyTyped() throws Exception {
		ask(Kind.ADDRESS, Locale.ENGLISH);
		send();
		ScriptedSmtpServer.Received received = this.relay.received().get(0);
		assertThat(received.sender()).isEqualTo("bounce+NOTICE@news.example.org");
		assertThat(received.recipient()).isEqualTo("ann@example.com");
		MimeMessage mail = parsed(received);
		assertThat(mail.getSubject()).isEqualTo("Confirm your new address");
		assertThat(mail.getFrom()[0]).hasToString("Editors <editors@news.example>");
		assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
		assertThat(words(mail)).containsPattern(" https://news\\.example\\.org/u/[a-z2-7]{40}/request ")
			.contains("The link works until 20", " UTC.", "asked for at news.example.org.");
		assertThat(Jsoup.parse(part(mail, 1)).select("a[href]").eachAttr("href")).singleElement()
			.asString()
			.matches("https://news\\.example\\.org/u/[a-z2-7]{40}/request");
	}

	@Test
	void everyKindHasItsWordsInBothLanguages() throws Exception {
		for (Kind kind : Kind.values()) {
			for (Locale language : new Locale[] { Locale.ENGLISH, Locale.SIMPLIFIED_CHINESE, Locale.FRENCH }) {
				ask(kind, language);
			}
		}
		send();
		assertThat(this.relay.received()).hasSize(12).allSatisfy((received) -> {
			MimeMessage mail = parsed(received);
			assertThat(words(mail)).contains("/request", "news.example.org", "UTC").doesNotContain("{", "}");
			assertThat(Jsoup.parse(part(mail, 1)).text()).contains("news.example.org", "UTC").doesNotContain("{", "}");
		});
		MimeMessage chinese = parsed(this.relay.received().get(1));
		assertThat(chinese.getSubject()).isEqualTo("请确认您的新地址");
		assertThat(words(chinese)).contains("链接有效至 20");
	}

	/** A copy or an erasure asked for must not come twice because a process died. */
	@Test
	void aMailThatIsPutOffIsTriedAgainAndOneOfWhichNothingIsKnownIsNot() {
		long request = ask(Kind.EXPORT, Locale.ENGLISH);
		this.answers.add("451 4.7.1 later");
		send();
		assertThat(state(request)).isEqualTo("READY");
		this.herald.get(JdbcClient.class).sql("UPDATE notice SET due_at = created_at").update();
		this.answers.add(ScriptedSmtpServer.HANG_UP);
		send();
		assertThat(state(request)).isEqualTo("UNCERTAIN");
		send();
		assertThat(this.relay.received()).isEmpty();
	}

	@Test
	void whatIsTooOldOrDoneOrGoneIsNotMailed() {
		JdbcClient jdbc = this.herald.get(JdbcClient.class);
		long old = ask(Kind.EXPORT, Locale.ENGLISH);
		jdbc.sql("UPDATE reader_request SET expires_at = '2020-01-01 00:00:00' WHERE id = ?").param(old).update();
		long done = ask(Kind.ADDRESS, Locale.ENGLISH);
		this.herald.get(ReaderRequests.class).done(done);
		long gone = ask(Kind.ERASE, Locale.ENGLISH);
		jdbc.sql("DELETE FROM reader_request WHERE id = ?").param(gone).update();
		send();
		assertThat(this.relay.received()).isEmpty();
		assertThat(List.of(state(old), state(done), state(gone))).containsOnly("DROPPED");
	}

}
