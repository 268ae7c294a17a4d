package dev.herald.settings;

import java.net.URI;
import java.nio.file.Path;

import dev.herald.address.EmailAddress;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is true of the whole installation.
 *
 * @param dataDir where the embedded database and the built-in mailbox keep their files
 * @param baseUrl how readers reach this installation: every link in a mail begins with it
 * @param allowLocalBaseUrl lets a relay be used while the base URL is on loopback or not
 * https
 * @param bounceAddress where reports come back; a token is put before the @ after a plus
 * sign
 */
@ConfigurationProperties("herald")
public record Installation(@DefaultValue("./data") Path dataDir, @DefaultValue("http://localhost:8080") URI baseUrl,
		@DefaultValue("false") boolean allowLocalBaseUrl, @DefaultValue("bounce@localhost") String bounceAddress) {

	public Installation {
		if (baseUrl.getHost() == null || !("http".equals(baseUrl.getScheme()) || "https".equals(baseUrl.getScheme()))) {
			throw new IllegalArgumentException(
					"herald.base-url must be a whole http or https address, such as https://news.example.org");
		}
		if (baseUrl.getPath().endsWith("/")) {
			baseUrl = URI.create(baseUrl.toString().replaceAll("/+$", ""));
		}
		EmailAddress.parse(bounceAddress);
	}

	/** Whether readers elsewhere can follow a link: https, and not this machine. */
	public boolean reachable() {
		String host = this.baseUrl.getHost();
		boolean local = host.equals("localhost") || host.endsWith(".localhost") || host.startsWith("127.")
				|| host.equals("[::1]") || host.equals("0.0.0.0");
		return "https".equals(this.baseUrl.getScheme()) && !local;
	}

}
