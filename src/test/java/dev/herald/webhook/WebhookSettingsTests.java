package dev.herald.webhook;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class WebhookSettingsTests {

	@Test
	void defaults() {
		assertThat(Lines.settings()).isEqualTo(new WebhookSettings(DataSize.ofMegabytes(2), Duration.ofHours(25),
				new WebhookSettings.Ses(List.of()), new WebhookSettings.SendGrid(""), new WebhookSettings.Mailgun(""),
				new WebhookSettings.Postmark("herald", ""), new WebhookSettings.Brevo("", "herald", "")));
	}

	@Test
	void everySettingIsMapped() {
		assertThat(Lines.settings("max-body", "1MB", "max-age", "2h", "ses.topics[0]", SnsKey.TOPIC, "ses.topics[1]",
				"arn:aws-cn:sns:cn-north-1:123456789012:x", "sendgrid.public-key", "MFkw", "mailgun.signing-key", "key",
				"postmark.username", "ann", "postmark.password", "secret", "brevo.token", "t0ken", "brevo.username",
				"bob", "brevo.password", "other"))
			.isEqualTo(new WebhookSettings(DataSize.ofMegabytes(1), Duration.ofHours(2),
					new WebhookSettings.Ses(List.of(SnsKey.TOPIC, "arn:aws-cn:sns:cn-north-1:123456789012:x")),
					new WebhookSettings.SendGrid("MFkw"), new WebhookSettings.Mailgun("key"),
					new WebhookSettings.Postmark("ann", "secret"), new WebhookSettings.Brevo("t0ken", "bob", "other")));
	}

	@ParameterizedTest
	@CsvSource({ "max-body,255KB", "max-body,17MB", "max-age,9m", "max-age,31d", "ses.topics,bounces",
			"ses.topics,arn:aws:sqs:eu-west-1:123456789012:bounces",
			"ses.topics,arn:aws:sns:evil.example/eu-west-1:123456789012:bounces" })
	void aValueOutOfItsLimitsStopsTheStart(String name, String value) {
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> Lines.settings(name, value))
			.havingRootCause()
			.withMessageContaining("herald.webhooks." + name);
	}

	@Test
	void secretsAreNotPrinted() {
		assertThat(Lines
			.settings("mailgun.signing-key", "sesame", "postmark.password", "sesame", "brevo.password", "sesame",
					"brevo.token", "sesame")
			.toString()).doesNotContain("sesame");
		assertThat(Credentials.bearer("sesame").toString()).doesNotContain("sesame");
	}

}
