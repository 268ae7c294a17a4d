package dev.herald.listener;

import java.net.InetAddress;
import java.net.ServerSocket;

import dev.herald.problem.Problem;
import dev.herald.testing.TestCertificate;
import dev.herald.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(60)
class ListenerLifecycleTests {

	private static final String ON = "herald.bounce.listener.enabled=true";

	private final ListenerFixture fixture = new ListenerFixture(TestDatabase.H2);

	@AfterEach
	void close() {
		this.fixture.close();
	}

	private WebApplicationContextRunner server() {
		return new WebApplicationContextRunner().withParent(this.fixture.context())
			.withUserConfiguration(Settings.class, ListenerConfiguration.class)
			.withPropertyValues("herald.bounce.listener.port=0");
	}

	@Test
	void theServerListensWhereItIsSwitchedOnAndWhileItRuns() {
		server().withPropertyValues("herald.bounce.listener.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ReportListener.class));
		ReportListener[] stopped = new ReportListener[1];
		server().withPropertyValues(ON).run((context) -> {
			ReportListener listener = context.getBean(ReportListener.class);
			stopped[0] = listener;
			assertThat(listener.isRunning()).isTrue();
			try (WireClient client = WireClient.connect(listener.port())) {
				assertThat(client.lines("EHLO mx.example.net")).contains("250-8BITMIME").doesNotContain("250-STARTTLS");
				assertThat(client.say("STARTTLS")).startsWith("454 ");
			}
		});
		assertThat(stopped[0].isRunning()).isFalse();
		assertThat(stopped[0].port()).isZero();
	}

	@Test
	void whatIsNoServerDoesNotListen() {
		new ApplicationContextRunner().withParent(this.fixture.context())
			.withUserConfiguration(Settings.class, ListenerConfiguration.class)
			.withPropertyValues(ON)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ReportListener.class));
	}

	@Test
	void aCertificateThatIsNotThereStopsTheStart() {
		server().withPropertyValues(ON, "herald.bounce.listener.ssl-bundle=mx")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(Problem.class)
				.hasMessage(
						"herald.bounce.listener.ssl-bundle is mx, and there is no spring.ssl.bundle.pem.mx or spring.ssl.bundle.jks.mx."));
	}

	@Test
	void theCertificateIsThatOfTheBundle() {
		TestCertificate certificate = TestCertificate.of("ip:127.0.0.1");
		SslBundle bundle = SslBundle.of(SslStoreBundle.of(certificate.keys(), TestCertificate.PASSWORD, null),
				SslBundleKey.of(TestCertificate.PASSWORD));
		this.fixture.context().getBean(SslBundleRegistry.class).registerBundle("mx", bundle);
		server().withPropertyValues(ON, "herald.bounce.listener.ssl-bundle=mx").run((context) -> {
			try (WireClient client = WireClient.connect(context.getBean(ReportListener.class).port())) {
				assertThat(client.say("STARTTLS")).startsWith("220 ");
				client.startTls(certificate.trusting());
				assertThat(client.say("NOOP")).isEqualTo("250 2.0.0 Ok");
			}
		});
	}

	@Test
	void aPortInUseStopsTheStartAndIsNamed() throws Exception {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			int port = taken.getLocalPort();
			ReportListener listener = this.fixture.listener("port=" + port);
			assertThatExceptionOfType(Problem.class).isThrownBy(listener::start)
				.withMessage("herald.bounce.listener.port is " + port + ", and nothing can listen on 127.0.0.1:" + port
						+ ": Address already in use. Stop what does, or set another port or herald.bounce.listener.address.");
			assertThat(listener.isRunning()).isFalse();
		}
	}

	@Test
	void itStopsAtOnceWhateverItsClientsAreAt() {
		ReportListener listener = this.fixture.start();
		try (WireClient idle = this.fixture.connect();
				WireClient midway = this.fixture.connect();
				WireClient deaf = this.fixture.connect()) {
			midway.say("EHLO mx.example.net");
			midway.say("MAIL FROM:<>");
			midway.say("RCPT TO:<" + this.fixture.bounces(1) + ">");
			midway.say("DATA");
			for (int i = 0; i < 7_000; i++) {
				deaf.trySend("EHLO x\r\n");
			}
			listener.stop();
			assertThat(idle.rest()).isEmpty();
			assertThat(midway.rest()).isEmpty();
		}
		assertThat(this.fixture.rows().bounces()).isEmpty();
		listener.start();
		this.fixture.connect().close();
		listener.stop();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(ListenerSettings.class)
	static class Settings {

	}

}
