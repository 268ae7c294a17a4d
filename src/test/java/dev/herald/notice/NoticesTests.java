package dev.herald.notice;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.herald.address.EmailAddress;
import dev.herald.mailbox.BuiltInMailbox;
import dev.herald.problem.Problem;
import dev.herald.render.OutgoingMessage;
import dev.herald.settings.Installation;
import dev.herald.smtp.Relay;
import dev.herald.smtp.Relays;
import dev.herald.testing.HandClock;
import dev.herald.testing.ScriptedSmtpServer;
import dev.herald.testing.ScriptedSmtpServer.Stage;
import dev.herald.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class NoticesTests {

	private final TestDatabase.Opened database;

	private final HandClock clock = new HandClock(Instant.parse("2026-11-27T08:00:00Z"));

	/** What the relay says at RCPT; empty: it takes the mail. */
	private volatile String says = "";

	private final ScriptedSmtpServer relay = ScriptedSmtpServer.start((stage, address) -> {
		boolean due = (stage == Stage.RCPT && this.says.matches("\\d.*"))
				|| (stage == Stage.CONTENT && this.says.equals(ScriptedSmtpServer.HANG_UP));
		return due ? this.says : null;
	});

	NoticesTests(TestDatabase database) {
		this.database = database.open();
	}

	@AfterEach
	void close() {
		this.relay.close();
		this.database.close();
	}

	private Notices notices(String baseUrl, NoticeWriter writer) {
		StaticListableBeanFactory beans = new StaticListableBeanFactory(Map.of("writer", writer));
		Installation installation = new Binder(new MapConfigurationPropertySource(Map.of("herald.base-url", baseUrl)))
			.bindOrCreate("herald", Installation.class);
		return new Notices(new NoticeTable(this.database.jdbc(), this.clock), beans.getBeanProvider(NoticeWriter.class),
				new Relays(List.of(Relay.at("127.0.0.1", this.relay.port()))),
				beans.getBeanProvider(BuiltInMailbox.class), installation, settings(Map.of()), this.clock);
	}

	private static NoticeSettings settings(Map<String, String> values) {
		return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("herald.notice",
				NoticeSettings.class);
	}

	private static NoticeWriter writing(Writing writing) {
		return new NoticeWriter() {

			@Override
			public String kind() {
				return "test";
			}

			@Override
			public Optional<OutgoingMessage> write(long about) {
				return writing.write(about);
			}

		};
	}

	private interface Writing {

		Optional<OutgoingMessage> write(long about);

	}

	private static Optional<OutgoingMessage> mail(long about) {
		byte[] content = "Subject: %d\r\n\r\nHello\r\n".formatted(about).getBytes(StandardCharsets.US_ASCII);
		return Optional.of(new OutgoingMessage(EmailAddress.parse("bounce@news.example"),
				EmailAddress.parse("bo@example.net"), content, content.length - 7));
	}

	private String row() {
		return this.database.jdbc()
			.sql("SELECT CONCAT(state, ' ', attempts, ' ', reply) FROM notice")
			.query(String.class)
			.single();
	}

	@Test
	void whatIsDeferredLeavesLaterAndEachPauseIsTwiceAsLong() {
		Notices notices = notices("https://news.example", writing(NoticesTests::mail));
		notices.queue("test", 7);
		this.says = "451 4.7.1 greylisted";
		assertThat(notices.sendDue()).isEqualTo(1);
		assertThat(row()).isEqualTo("READY 1 451 4.7.1 greylisted");
		assertThat(notices.sendDue()).isZero();
		this.clock.forward(Duration.ofMinutes(1));
		assertThat(notices.sendDue()).isEqualTo(1);
		this.clock.forward(Duration.ofMinutes(1));
		assertThat(notices.sendDue()).isZero();
		this.clock.forward(Duration.ofMinutes(1));
		this.says = "";
		assertThat(notices.sendDue()).isEqualTo(1);
		assertThat(row()).isEqualTo("ACCEPTED 2 250 2.0.0 taken");
		assertThat(this.relay.received()).singleElement()
			.satisfies((mail) -> assertThat(mail.text()).startsWith("Subject: 7"));
		this.clock.forward(Duration.ofDays(8));
		notices.sendDue();
		assertThat(this.database.jdbc().sql("SELECT COUNT(*) FROM notice").query(Integer.class).single()).isZero();
	}

	@Test
	void whatIsRejectedOrUnknownIsNotSentAgain() {
		Notices notices = notices("https://news.example", writing(NoticesTests::mail));
		notices.queue("test", 1);
		this.says = "550 5.1.1 no such user";
		notices.sendDue();
		assertThat(row()).isEqualTo("REJECTED 0 550 5.1.1 no such user");
		this.database.jdbc().sql("DELETE FROM notice").update();
		notices.queue("test", 2);
		this.says = ScriptedSmtpServer.HANG_UP;
		notices.sendDue();
		assertThat(row()).startsWith("UNCERTAIN 0 ");
		this.says = "";
		this.clock.forward(Duration.ofHours(1));
		assertThat(notices.sendDue()).isZero();
		assertThat(this.relay.received()).isEmpty();
	}

	@Test
	void aRelayThatIsAwayIsTriedForADay() {
		Notices notices = notices("https://news.example", writing(NoticesTests::mail));
		this.relay.close();
		notices.queue("test", 1);
		notices.sendDue();
		assertThat(row()).startsWith("READY 1 The relay 127.0.0.1:").contains("can't be reached");
		this.clock.forward(Duration.ofHours(25));
		notices.sendDue();
		assertThat(row()).isEqualTo("EXPIRED 1 ");
	}

	@Test
	void nothingLeavesWhoseLinksNobodyCanFollow() {
		Notices notices = notices("http://localhost:8080", writing(NoticesTests::mail));
		notices.queue("test", 1);
		assertThat(notices.sendDue()).isZero();
		assertThat(row()).isEqualTo("READY 0 ");
	}

	@Test
	void aNoticeThatHasBecomeVoidOrCantBeWrittenIsNotSent() {
		AtomicBoolean faulty = new AtomicBoolean(true);
		Notices notices = notices("https://news.example", writing((about) -> {
			if (faulty.get()) {
				throw Problem.work("templates/notice/confirm.ftlh, line 3");
			}
			return Optional.empty();
		}));
		notices.queue("test", 1);
		notices.sendDue();
		assertThat(row()).isEqualTo("READY 1 ");
		faulty.set(false);
		this.clock.forward(Duration.ofMinutes(1));
		notices.sendDue();
		assertThat(row()).isEqualTo("DROPPED 1 ");
	}

	/** One such notice stopped all others for good. */
	@Test
	void oneThatAFaultKeepsFromBeingWrittenHoldsUpNoOther() {
		Notices notices = notices("https://news.example", writing((about) -> {
			if (about == 1) {
				throw new IllegalStateException("a fault of ours");
			}
			return mail(about);
		}));
		notices.queue("test", 1);
		notices.queue("unknown", 2);
		notices.queue("test", 3);
		assertThat(notices.sendDue()).isEqualTo(3);
		assertThat(this.relay.received()).hasSize(1);
		assertThat(this.database.jdbc()
			.sql("SELECT CONCAT(state, ' ', attempts) FROM notice ORDER BY id")
			.query(String.class)
			.list()).containsExactly("READY 1", "READY 1", "ACCEPTED 0");
	}

	@Test
	void whatADeadProcessHadClaimedIsUncertain() {
		Notices notices = notices("https://news.example", writing(NoticesTests::mail));
		notices.queue("test", 1);
		this.database.jdbc().sql("UPDATE notice SET state = 'SENDING'").update();
		assertThat(notices.sendDue()).isZero();
		this.clock.forward(Duration.ofMinutes(31));
		notices.sendDue();
		assertThat(row()).isEqualTo("UNCERTAIN 0 ");
	}

	@Test
	void settingsHaveDefaultsAndLimits() {
		assertThat(settings(Map.of()))
			.isEqualTo(new NoticeSettings(Duration.ofMinutes(1), Duration.ofDays(1), Duration.ofMinutes(1)));
		assertThat(settings(Map.of()).pauseAfter(100)).isEqualTo(Duration.ofHours(1));
		for (Map.Entry<String, String> wrong : Map.of("retry", "2h", "give-up", "8d", "patience", "0s").entrySet()) {
			assertThatThrownBy(() -> settings(Map.of("herald.notice." + wrong.getKey(), wrong.getValue()))).rootCause()
				.hasMessageContaining("herald.notice." + wrong.getKey() + " must be from");
		}
	}

}
