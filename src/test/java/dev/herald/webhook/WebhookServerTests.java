package dev.herald.webhook;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.herald.address.EmailAddress;
import dev.herald.issue.IssueSource;
import dev.herald.issue.Issues;
import dev.herald.render.IssueCompiler;
import dev.herald.render.Recipient;
import dev.herald.subscriber.Subscriber;
import dev.herald.testing.TestDatabase;
import dev.herald.tracking.DeliveryLinks;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** From a provider's request to the ledger, over HTTP. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class WebhookServerTests {

	private static final SendGridKey SENDGRID = new SendGridKey();

	private static final SnsKey SNS = SnsKey.of("sns.amazonaws.com");

	private static final String POSTMARK = "Basic aGVyYWxkOm9wZW4gc2VzYW1l";

	/** Started once for all tests on a database. */
	private static final Map<TestDatabase, WebhookServer> RUNNING = new EnumMap<>(TestDatabase.class);

	private final WebhookServer server;

	WebhookServerTests(TestDatabase database) {
		this.server = RUNNING.computeIfAbsent(database,
				(kind) -> WebhookServer.start(kind.open(), (address) -> SNS.pem(),
						"herald.webhooks.ses.topics=" + SnsKey.TOPIC,
						"herald.webhooks.sendgrid.public-key=" + SENDGRID.publicKey(),
						"herald.webhooks.mailgun.signing-key=key-123", "herald.webhooks.postmark.password=open sesame",
						"herald.webhooks.brevo.token=t0ken"));
	}

	@AfterAll
	static void stop() {
		RUNNING.values().forEach(WebhookServer::close);
		RUNNING.clear();
	}

	private HttpResponse<String> sendGrid(String body) {
		String timestamp = String.valueOf(Instant.now().getEpochSecond());
		return this.server.post("sendgrid", body, "Content-Type", "application/json",
				"X-Twilio-Email-Event-Webhook-Signature", SENDGRID.sign(timestamp, body),
				"X-Twilio-Email-Event-Webhook-Timestamp", timestamp);
	}

	private HttpResponse<String> mailgun(String event) throws Exception {
		String timestamp = String.valueOf(Instant.now().getEpochSecond());
		Mac mac = Mac.getInstance("HmacSHA256");
		mac.init(new SecretKeySpec("key-123".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
		String signature = HexFormat.of().formatHex(mac.doFinal((timestamp + "abc").getBytes(StandardCharsets.UTF_8)));
		return this.server.post("mailgun", """
				{"signature":{"timestamp":"%s","token":"abc","signature":"%s"},"event-data":%s}
				""".formatted(timestamp, signature, event));
	}

	private HttpResponse<String> postmark(String event) {
		return this.server.post("postmark", event, "Authorization", POSTMARK);
	}

	private HttpResponse<String> brevo(String event) {
		return this.server.post("brevo", event, "Authorization", "Bearer t0ken");
	}

	private HttpResponse<String> ses(String event) {
		return this.server.post("ses", SNS.notification(event), "Content-Type", "text/plain; charset=UTF-8",
				"x-amz-sns-message-type", "Notification");
	}

	private static void ok(HttpResponse<String> response) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
	}

	private void deadOnce(int reader) {
		assertThat(this.server.bounces(reader)).containsExactly("HARD userunknown");
		assertThat(this.server.suppressed(reader)).containsExactly("HARD_BOUNCE");
	}

	@Test
	void aHardBounceToldByAmazonTwiceIsOne() {
		String sender = this.server.get(DeliveryLinks.class).envelopeSender(this.server.delivery(1)).value();
		String event = """
				{"notificationType":"Bounce","mail":{"source":"%s"},"bounce":{"bounceType":"Permanent",
				 "bounceSubType":"General","bouncedRecipients":[{"emailAddress":"reader1@example.org","status":"5.1.1",
				 "diagnosticCode":"smtp; 550 5.1.1 user unknown"}]}}
				""".formatted(sender);
		ok(ses(event));
		ok(ses(event));
		deadOnce(1);
	}

	@Test
	void aHardBounceToldBySendGridTwiceIsOne() {
		String event = """
				[{"event":"bounce","email":"reader2@example.org","smtp-id":"<%s@example.org>","type":"bounce",
				  "status":"5.1.1","reason":"550 5.1.1 user unknown"}]
				""".formatted(this.server.token(2));
		ok(sendGrid(event));
		ok(sendGrid(event));
		deadOnce(2);
	}

	@Test
	void aHardBounceToldByMailgunTwiceIsOne() throws Exception {
		String event = """
				{"event":"failed","severity":"permanent","reason":"bounce","recipient":"reader3@example.org",
				 "message":{"headers":{"message-id":"%s@example.org"}},
				 "delivery-status":{"code":550,"message":"5.1.1 user unknown"}}
				""".formatted(this.server.token(3));
		ok(mailgun(event));
		ok(mailgun(event));
		deadOnce(3);
	}

	@Test
	void aHardBounceToldByPostmarkTwiceIsOne() {
		String event = """
				{"RecordType":"Bounce","Type":"HardBounce","Email":"reader4@example.org","Metadata":{"herald":"%s"},
				 "Details":"550 5.1.1 user unknown"}
				""".formatted(this.server.token(4));
		ok(postmark(event));
		ok(postmark(event));
		deadOnce(4);
	}

	@Test
	void aHardBounceToldByBrevoTwiceIsOne() {
		String event = """
				{"event":"hard_bounce","email":"reader5@example.org","X-Mailin-custom":"%s",
				 "reason":"550 5.1.1 user unknown"}
				""".formatted(this.server.token(5));
		ok(brevo(event));
		ok(brevo(event));
		deadOnce(5);
	}

	@Test
	void mailsCarryWhatProvidersGiveBack() {
		Issues issues = this.server.get(Issues.class);
		IssueSource source = issues.source(this.server.issue().versionId());
		byte[] mail = this.server.get(IssueCompiler.class)
			.compile(source, this.server.newsletter())
			.message(new Recipient(this.server.delivery(6),
					new Subscriber(6, new EmailAddress("reader6@example.org"), "Jo")))
			.content();
		String token = this.server.token(6);
		assertThat(new String(mail, StandardCharsets.UTF_8).split("\r\n\r\n", 2)[0]).contains("Message-ID: <" + token)
			.endsWith("\r\nX-SMTPAPI: {\"unique_args\":\r\n {\"herald\":\"" + token + "\"}}\r\nX-PM-Metadata-herald: "
					+ token + "\r\nX-Mailin-custom: " + token);
	}

	@Test
	void whatIsNotTheAddressSuppressesNobody() throws Exception {
		String token = this.server.token(7);
		ok(sendGrid("[{\"event\":\"bounce\",\"type\":\"blocked\",\"herald\":\"" + token
				+ "\",\"reason\":\"550 5.7.1 blocked using Spamhaus\"}]"));
		ok(postmark("{\"RecordType\":\"Delivery\",\"Metadata\":{\"herald\":\"" + token + "\"}}"));
		ok(brevo("{\"event\":\"deferred\",\"X-Mailin-custom\":\"" + token
				+ "\",\"reason\":\"450 4.1.1 user unknown\"}"));
		ok(brevo("{\"event\":\"opened\",\"X-Mailin-custom\":\"" + token + "\"}"));
		ok(brevo("{\"event\":\"made_up\"}"));

		assertThat(this.server.bounces(7)).containsExactly("SOFT blocked");
		assertThat(this.server.suppressed(7)).isEmpty();
		assertThat(this.server.subscription(7)).isEqualTo("ACTIVE[]");
	}

	@Test
	void aComplaintUnsubscribesAndSuppresses() throws Exception {
		ok(mailgun(
				"{\"event\":\"complained\",\"recipient\":\"reader8@example.org\",\"message\":{\"headers\":{\"message-id\":\""
						+ this.server.token(8) + "@example.org\"}}}"));

		assertThat(this.server.bounces(8)).containsExactly("NONE complaint");
		assertThat(this.server.suppressed(8)).containsExactly("COMPLAINT");
		assertThat(this.server.subscription(8)).isEqualTo("UNSUBSCRIBED[COMPLAINT]");
	}

	@Test
	void whoLeavesByTheProvidersLinkIsUnsubscribedOnce() {
		String event = "[{\"event\":\"unsubscribe\",\"herald\":\"" + this.server.token(9) + "\"}]";
		ok(sendGrid(event));
		ok(sendGrid(event));

		assertThat(this.server.subscription(9)).isEqualTo("UNSUBSCRIBED[PROVIDER]");
		assertThat(this.server.suppressed(9)).isEmpty();
	}

	@Test
	void withoutATokenItIsEvidenceForAPerson() {
		ok(postmark(
				"{\"RecordType\":\"Bounce\",\"Type\":\"HardBounce\",\"Email\":\"reader10@example.org\",\"Metadata\":{\"herald\":\"forged\"}}"));
		ok(sendGrid("[{\"event\":\"unsubscribe\",\"email\":\"reader10@example.org\"}]"));

		assertThat(this.server.bounces(10)).isEmpty();
		assertThat(this.server.suppressed(10)).isEmpty();
		assertThat(this.server.subscription(10)).isEqualTo("ACTIVE[]");
		assertThat(this.server.reviews(10)).containsExactly("webhook of Postmark: BOUNCE HARD userunknown");
	}

	@Test
	void aDeliveredMailIsUncertainNoMore() {
		this.server.database().jdbc().sql("""
				INSERT INTO delivery (issue_id, subscriber_id, send_id, state, provider, attempts, due_at, next_at,
				                      changed_at)
				VALUES (?, ?, 99, 5, 0, 1, 0, 0, 0)
				""").params(this.server.delivery(11).issueId(), this.server.delivery(11).subscriberId()).update();

		ok(brevo("{\"event\":\"delivered\",\"X-Mailin-custom\":\"" + this.server.token(11) + "\"}"));

		assertThat(this.server.database()
			.jdbc()
			.sql("SELECT state FROM delivery WHERE subscriber_id = ?")
			.param(this.server.delivery(11).subscriberId())
			.query(Integer.class)
			.single()).as("accepted").isEqualTo(2);
	}

	@Test
	void oneBrokenEventOfManyIsPassedOver() {
		String good = "{\"event\":\"bounce\",\"herald\":\"%s\",\"reason\":\"550 5.1.1 user unknown\"}";
		ok(sendGrid(
				"[null,7,\"x\",[],{},{\"event\":{\"a\":1}},%s,{\"event\":\"bounce\",\"email\":\"%s\",\"herald\":[]},%s]"
					.formatted(good.formatted(this.server.token(12)), "x".repeat(100_000),
							good.formatted(this.server.token(13)))));
		deadOnce(12);
		deadOnce(13);
	}

	@Test
	void whatIsNotProvenChangesNothing() throws Exception {
		String token = this.server.token(14);
		String event = "{\"event\":\"hard_bounce\",\"X-Mailin-custom\":\"" + token + "\"}";
		HttpResponse<String> forged = this.server.post("brevo", event, "Authorization", "Bearer guess");
		assertThat(forged.statusCode()).isEqualTo(403);
		assertThat(forged.body()).isEqualTo("not proven to be of Brevo\n");
		assertThat(this.server.post("brevo", event).statusCode()).isEqualTo(403);
		assertThat(this.server.post("postmark", event, "Authorization", "Bearer t0ken").statusCode()).isEqualTo(403);
		assertThat(this.server.post("sendgrid", "[" + event + "]").statusCode()).isEqualTo(403);
		assertThat(this.server.post("mailgun", event).statusCode()).isEqualTo(403);
		assertThat(this.server.post("ses", event).statusCode()).isEqualTo(403);
		assertThat(this.server.post("ses", SNS.notification("{}").replace("\"Message\":\"{}\"", "\"Message\":\"{ }\""))
			.statusCode()).isEqualTo(403);

		assertThat(this.server.bounces(14)).isEmpty();
		assertThat(this.server.suppressed(14)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH" })
	void onlyAPostIsTaken(String method) {
		HttpResponse<String> response = this.server.send(method, "postmark",
				BodyPublishers.ofString("{\"RecordType\":\"Bounce\",\"Type\":\"HardBounce\",\"Metadata\":{\"herald\":\""
						+ this.server.token(15) + "\"}}"),
				"Authorization", POSTMARK);
		assertThat(response.statusCode()).isEqualTo(405);
		assertThat(response.headers().firstValue("Allow")).hasValue("POST");
		assertThat(this.server.bounces(15)).isEmpty();
	}

	@Test
	void whatIsTooLargeIsRefusedHoweverItComes() {
		byte[] large = ("[" + " ".repeat(2 * 1024 * 1024) + "]").getBytes(StandardCharsets.UTF_8);
		assertThat(this.server.send("POST", "brevo", BodyPublishers.ofByteArray(large), "Authorization", "Bearer t0ken")
			.statusCode()).isEqualTo(413);
		assertThat(this.server
			.send("POST", "brevo", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)), "Authorization",
					"Bearer t0ken")
			.statusCode()).as("chunked").isEqualTo(413);
		assertThat(brevo("[" + "{},".repeat(10_000) + "{}]").statusCode()).as("too many events").isEqualTo(413);
		ok(brevo("[" + "{},".repeat(9_999) + "{}]"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "{", "<html>", "{} {}", "[1,", "\u0000", "NaN", "{\"a\":1e999999999999}x" })
	void whatIsNoJsonIsRefused(String body) {
		assertThat(brevo(body).statusCode()).isEqualTo(400);
	}

	@Test
	void whatNestsTooDeepIsRefused() {
		assertThat(brevo("[".repeat(500_000)).statusCode()).isEqualTo(400);
		assertThat(brevo("{\"a\":".repeat(300_000)).statusCode()).isEqualTo(400);
	}

	@Test
	void thereIsNoOtherWebhook() {
		for (String path : List.of("nobody", "Brevo", "brevo/", "brevo/x", "%2e%2e")) {
			assertThat(this.server.post(path, "{}", "Authorization", "Bearer t0ken").statusCode()).as(path)
				.isIn(400, 404);
		}
	}

}
