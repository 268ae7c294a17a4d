package dev.herald.webhook;

import java.nio.charset.StandardCharsets;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import dev.herald.testing.TestDatabase;
import dev.herald.tracking.DeliveryLinks;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WebhookFaultTests {

	private static final String PROOF = "Basic aGVyYWxkOm9wZW4gc2VzYW1l";

	@Test
	void whatIsNotSetUpIsNotThereAndAnOutageIsToldSoThatTheyTryAgain() {
		try (WebhookServer server = WebhookServer.start(TestDatabase.H2.open(),
				(address) -> "no network".getBytes(StandardCharsets.UTF_8),
				"herald.webhooks.postmark.password=open sesame")) {
			for (String key : List.of("ses", "sendgrid", "mailgun", "brevo")) {
				assertThat(server.post(key, "{}").statusCode()).as(key).isEqualTo(404);
			}
			String messageId = server.get(DeliveryLinks.class).messageId(server.delivery(1));
			assertThat(server.get(DeliveryLinks.class).providerFields(messageId))
				.isEqualTo("X-PM-Metadata-herald: " + server.token(1) + "\r\n");
			String event = """
					{"RecordType":"Bounce","Type":"HardBounce","Metadata":{"herald":"%s"}}
					""".formatted(server.token(1));

			server.get(HikariDataSource.class).close();

			assertThat(server.post("postmark", event, "Authorization", PROOF).statusCode()).isEqualTo(503);
			assertThat(server.post("postmark", event, "Authorization", "").statusCode()).isEqualTo(403);
			assertThat(server.post("postmark", "{\"RecordType\":\"Open\"}", "Authorization", PROOF).statusCode())
				.as("says nothing that is kept")
				.isEqualTo(200);
			assertThat(server.bounces(1)).isEmpty();
		}
	}

}
