package dev.herald.tracking;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class ProviderFieldsTests {

	private static final String TOKEN = "a".repeat(40);

	static ProviderFields fields(String... namesAndValues) {
		Map<String, String> settings = new HashMap<>();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			settings.put("herald.webhooks." + namesAndValues[i], namesAndValues[i + 1]);
		}
		return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("herald.webhooks",
				ProviderFields.class);
	}

	@Test
	void thereAreNoneUnlessAWebhookIsSet() {
		assertThat(fields().with(TOKEN)).isEmpty();
		assertThat(fields("postmark.username", "ann", "brevo.username", "ann", "mailgun.signing-key", "key",
				"sendgrid.public-key", " ")
			.with(TOKEN)).isEmpty();
	}

	@Test
	void eachProviderHasAFieldOfItsOwn() {
		assertThat(fields("postmark.password", "secret").with(TOKEN))
			.isEqualTo("X-PM-Metadata-herald: " + TOKEN + "\r\n");
		assertThat(fields("brevo.token", "secret").with(TOKEN)).isEqualTo("X-Mailin-custom: " + TOKEN + "\r\n");
		assertThat(fields("brevo.password", "secret").with(TOKEN)).isEqualTo("X-Mailin-custom: " + TOKEN + "\r\n");
		assertThat(fields("sendgrid.public-key", "MFkw").with(TOKEN))
			.isEqualTo("X-SMTPAPI: {\"unique_args\":\r\n {\"herald\":\"" + TOKEN + "\"}}\r\n");
	}

	@Test
	void tellNoSecret() {
		assertThat(fields("postmark.password", "open sesame", "brevo.token", "t0ken").toString())
			.doesNotContain("sesame", "t0ken");
	}

}
