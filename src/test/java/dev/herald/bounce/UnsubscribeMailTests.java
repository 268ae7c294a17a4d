package dev.herald.bounce;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.herald.bounce.CollectBounces.Collected;
import dev.herald.testing.TestDatabase;
import dev.herald.tracking.DeliveryLinks;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/** Readers write to the address in List-Unsubscribe, and the mailbox is collected. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class UnsubscribeMailTests {

	private final TestDatabase.Opened database;

	private final GreenMail server = new GreenMail(ServerSetup.IMAP.dynamicPort());

	private final GreenMailUser user;

	private final ConfigurableApplicationContext context;

	private final Rows rows;

	UnsubscribeMailTests(TestDatabase kind) {
		this.database = kind.open();
		this.server.start();
		this.user = this.server.setUser("bounce@example.org", "bounce", "secret");
		String prefix = "herald.bounce.mailboxes.main.";
		this.context = ReturnsApplication.start(this.database, prefix + "protocol=imap", prefix + "host=127.0.0.1",
				prefix + "port=" + this.server.getImap().getPort(), prefix + "username=bounce",
				prefix + "password=secret");
		this.rows = new Rows(this.database.jdbc());
		this.rows.insert();
	}

	@AfterEach
	void close() {
		this.context.close();
		this.server.stop();
		this.database.close();
	}

	private String address(int subscriber) {
		return Objects
			.requireNonNull(this.context.getBean(DeliveryLinks.class).unsubscribeByMail(Rows.delivery(subscriber)))
			.value();
	}

	private void deliver(String header) throws MessagingException {
		byte[] mail = (header + "\nFrom: somebody@example.net\nSubject: unsubscribe\n\n\n")
			.getBytes(StandardCharsets.UTF_8);
		this.user.deliver(new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mail)));
	}

	private Collected collect() {
		return this.context.getBean(CollectBounces.class).run();
	}

	private List<String> consents() {
		return this.database.jdbc()
			.sql("SELECT CONCAT(subscriber_id, ' ', state, ' ', source, ' ', issue_id) FROM consent ORDER BY subscriber_id")
			.query(String.class)
			.list();
	}

	@Test
	void aMailToTheAddressEndsThatSubscriptionWhoeverWroteItAndWhereverTheAddressIs() throws Exception {
		deliver("To: <" + address(1) + ">");
		deliver("To: undisclosed-recipients:;\nDelivered-To: " + address(2));
		deliver("X-Original-To: " + address(3));
		deliver("Envelope-To: " + address(4));
		deliver("Received: from a.example (a.example [192.0.2.1])\n\tby mx.example.org with ESMTP id 1\n\tfor <"
				+ address(5) + ">;\n\tThu, 26 Nov 2026 08:00:00 +0000");
		deliver("To: " + address(6).toUpperCase(Locale.ROOT) + "\nAuto-Submitted: no");

		assertThat(collect()).isEqualTo(new Collected(6, 0, 0, 6, 0));

		assertThat(consents()).containsExactly("1 UNSUBSCRIBED MAILTO 7", "2 UNSUBSCRIBED MAILTO 7",
				"3 UNSUBSCRIBED MAILTO 7", "4 UNSUBSCRIBED MAILTO 7", "5 UNSUBSCRIBED MAILTO 7",
				"6 UNSUBSCRIBED MAILTO 7");
		assertThat(this.rows.state(7)).isEqualTo("ACTIVE");
		assertThat(this.server.getManagers().getImapHostManager().getInbox(this.user).getMessageCount()).isZero();
	}

	@Test
	void twiceIsNoError() throws Exception {
		deliver("To: " + address(1));
		deliver("To: " + address(1));

		assertThat(collect()).isEqualTo(new Collected(2, 0, 0, 2, 0));

		assertThat(consents()).hasSize(1);
	}

	@Test
	void whatNoPersonSentChangesNothingAndStays() throws Exception {
		deliver("To: " + address(1) + "\nAuto-Submitted: auto-replied");
		deliver("To: " + address(1) + "\nAuto-Submitted: auto-generated (rejected)");
		deliver("To: " + address(1) + "\nReturn-Path: <>");
		deliver("To: " + address(1) + "\nPrecedence: bulk");
		deliver("To: " + address(1) + "\nX-Autoreply: yes");
		deliver("To: " + address(1) + "\nContent-Type: multipart/report; report-type=delivery-status; boundary=b");
		deliver("From: MAILER-DAEMON@example.net\nTo: " + address(1));

		assertThat(collect()).isEqualTo(new Collected(7, 0, 0, 0, 7));

		assertThat(consents()).isEmpty();
		assertThat(this.rows.state(1)).isEqualTo("ACTIVE");
	}

	@Test
	void aForgedAddressAndTheAddressForBouncesUnsubscribeNobody() throws Exception {
		String address = address(1);
		deliver("To: " + address.replaceFirst("\\+.{8}", "+aeaaaaaa"));
		deliver("To: bounce@example.org");
		deliver("To: " + this.context.getBean(DeliveryLinks.class).envelopeSender(Rows.delivery(1)));
		deliver("To: bounce@example.org\nReferences: <" + address + ">");

		assertThat(collect()).isEqualTo(new Collected(4, 0, 0, 0, 4));

		assertThat(consents()).isEmpty();
	}

}
