package dev.herald.listener;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;

import dev.herald.bounce.Intake;
import dev.herald.bounce.ReturnsApplication;
import dev.herald.bounce.Rows;
import dev.herald.settings.Installation;
import dev.herald.testing.TestDatabase;
import dev.herald.tracking.DeliveryLinks;
import dev.herald.tracking.DeliveryLookup;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.ConfigurableApplicationContext;

/** A listener for bounce@example.org with all that is behind it, on a free port. */
final class ListenerFixture implements AutoCloseable {

	private final TestDatabase.Opened database;

	private final ConfigurableApplicationContext context;

	private @Nullable ReportListener listener;

	private @Nullable SSLContext tls;

	ListenerFixture(TestDatabase kind) {
		this.database = kind.open();
		this.context = ReturnsApplication.start(this.database, "herald.bounce.listener.enabled=true");
		rows().insert();
	}

	ConfigurableApplicationContext context() {
		return this.context;
	}

	Rows rows() {
		return new Rows(this.database.jdbc());
	}

	void offerTls(SSLContext context) {
		this.tls = context;
	}

	/**
	 * @param settings below herald.bounce.listener, as {@code name=value}
	 */
	ReportListener start(String... settings) {
		stop();
		this.listener = listener(settings);
		this.listener.start();
		return this.listener;
	}

	ReportListener listener(String... settings) {
		Recipients recipients = new Recipients(this.context.getBean(DeliveryLookup.class),
				this.context.getBean(Installation.class));
		Supplier<SSLContext> tls = (this.tls != null) ? () -> Objects.requireNonNull(this.tls) : null;
		return new ReportListener(settings(settings), recipients, this.context.getBean(Intake.class), tls,
				Clock.systemUTC());
	}

	static ListenerSettings settings(String... settings) {
		Map<String, String> properties = new LinkedHashMap<>(Map.of("herald.bounce.listener.port", "0"));
		for (String setting : settings) {
			String[] parts = setting.split("=", 2);
			properties.put("herald.bounce.listener." + parts[0], parts[1]);
		}
		return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("herald.bounce.listener",
				ListenerSettings.class);
	}

	int port() {
		return Objects.requireNonNull(this.listener).port();
	}

	WireClient connect() {
		return WireClient.connect(port());
	}

	/** Where a bounce of that subscriber's mail comes home. */
	String bounces(int subscriber) {
		return this.context.getBean(DeliveryLinks.class).envelopeSender(Rows.delivery(subscriber)).value();
	}

	String unsubscribes(int subscriber) {
		return Objects
			.requireNonNull(this.context.getBean(DeliveryLinks.class).unsubscribeByMail(Rows.delivery(subscriber)))
			.value();
	}

	String messageId(int subscriber) {
		return this.context.getBean(DeliveryLinks.class).messageId(Rows.delivery(subscriber));
	}

	static String report(String header, String address) {
		return (header + """
				From: MAILER-DAEMON@mx.example.net
				Subject: Undelivered
				Content-Type: multipart/report; report-type=delivery-status; boundary=x

				--x
				Content-Type: message/delivery-status

				Reporting-MTA: dns; mx.example.net

				Final-Recipient: rfc822; %s
				Action: failed
				Status: 5.1.1
				Diagnostic-Code: smtp; 550 5.1.1 no such user
				--x--
				""".formatted(address)).replace("\n", "\r\n");
	}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	void closeDatabase() {
		this.database.close();
	}

	void stop() {
		if (this.listener != null) {
			this.listener.stop();
			this.listener = null;
		}
	}

	@Override
	public void close() {
		stop();
		this.context.close();
		this.database.close();
	}

}
