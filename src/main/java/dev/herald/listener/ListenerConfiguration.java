package dev.herald.listener;

import java.time.Clock;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;

import dev.herald.bounce.Intake;
import dev.herald.problem.Problem;
import dev.herald.settings.Installation;
import dev.herald.tracking.DeliveryLookup;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** In the server, where it is switched on; commands have no listener. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@ConditionalOnProperty("herald.bounce.listener.enabled")
class ListenerConfiguration {

	@Bean
	ReportListener reportListener(ListenerSettings settings, Installation installation, DeliveryLookup lookup,
			Intake intake, SslBundles bundles, Clock clock) {
		return new ReportListener(settings, new Recipients(lookup, installation), intake,
				tls(bundles, settings.sslBundle()), clock);
	}

	private static @Nullable Supplier<SSLContext> tls(SslBundles bundles, String name) {
		if (name.isEmpty()) {
			return null;
		}
		try {
			bundles.getBundle(name).createSslContext();
		}
		catch (NoSuchSslBundleException ex) {
			throw Problem.usage(
					"herald.bounce.listener.ssl-bundle is %s, and there is no spring.ssl.bundle.pem.%s or spring.ssl.bundle.jks.%s."
						.formatted(name, name, name));
		}
		return () -> bundles.getBundle(name).createSslContext();
	}

}
