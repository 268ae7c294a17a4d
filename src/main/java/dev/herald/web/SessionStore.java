package dev.herald.web;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.converter.GenericConverter;
import org.springframework.core.convert.support.GenericConversionService;
import org.springframework.session.jdbc.MySqlJdbcIndexedSessionRepositoryCustomizer;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;

import dev.herald.settings.Installation;

/**
 * Sessions in the database, so that a restart signs nobody out. They hold texts and what
 * a page says after a redirect.
 */
@Configuration(proxyBeanMethods = false)
class SessionStore {

	private static final Logger logger = LoggerFactory.getLogger(SessionStore.class);

	/** What is in the database is no reason to load just any class. */
	private static final ObjectInputFilter READABLE = ObjectInputFilter.Config.createFilter(
			"maxdepth=20;maxbytes=1000000;java.lang.*;java.util.**;java.time.*;dev.herald.**;org.springframework.util.*;org.springframework.web.servlet.FlashMap;!*");

	/**
	 * The browser sends a __Host- cookie over TLS only, and takes none of that name from
	 * another host (RFC 6265bis section 4.1.3.2).
	 */
	static String cookieName(Installation installation, String name) {
		return https(installation) ? "__Host-" + name : name;
	}

	/** Behind a proxy that is not named the request itself does not look like https. */
	static boolean https(Installation installation) {
		return "https".equals(installation.baseUrl().getScheme());
	}

	/**
	 * Whether a cookie of the answer is for https alone: that is how readers reach this
	 * installation, or how this request came, by TLS of the server's own or as a proxy
	 * that is named says.
	 */
	static boolean isSecure(Installation installation, HttpServletRequest request) {
		return https(installation) || request.isSecure();
	}

	@Bean
	static CookieSerializer cookieSerializer(Installation installation) {
		DefaultCookieSerializer cookie = new DefaultCookieSerializer();
		cookie.setCookieName(cookieName(installation, "herald"));
		cookie.setCookiePath("/");
		cookie.setUseHttpOnlyCookie(true);
		if (https(installation)) {
			cookie.setUseSecureCookie(true);
		}
		// Else as the request came.
		cookie.setSameSite("Lax");
		return cookie;
	}

	/**
	 * Two requests at once may add the same attribute; H2 and MariaDB understand it too.
	 */
	@Bean
	static MySqlJdbcIndexedSessionRepositoryCustomizer upserts() {
		return new MySqlJdbcIndexedSessionRepositoryCustomizer();
	}

	/** Found by Spring Session by this name. */
	@Bean
	static ConversionService springSessionConversionService() {
		GenericConversionService conversion = new GenericConversionService();
		conversion.addConverter(Object.class, byte[].class, SessionStore::write);
		conversion.addConverter(new Reading());
		return conversion;
	}

	private static byte[] write(Object value) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
			out.writeObject(value);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("A session can't keep " + value.getClass().getName(), ex);
		}
		return bytes.toByteArray();
	}

	/** The one kind of converter that may have nothing to give. */
	private static final class Reading implements GenericConverter {

		@Override
		public Set<ConvertiblePair> getConvertibleTypes() {
			return Set.of(new ConvertiblePair(byte[].class, Object.class));
		}

		@Override
		public @Nullable Object convert(@Nullable Object source, TypeDescriptor from, TypeDescriptor to) {
			return (source instanceof byte[] bytes) ? read(bytes) : null;
		}

	}

	/**
	 * Null for what can't be read: a value of an older version is forgotten, and whoever
	 * needs it signs in again.
	 */
	private static @Nullable Object read(byte[] bytes) {
		try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
			in.setObjectInputFilter(READABLE);
			return in.readObject();
		}
		catch (IOException | ClassNotFoundException | RuntimeException ex) {
			logger.warn("A value of a session can't be read and is forgotten: {}", ex.toString());
			return null;
		}
	}

}
