package dev.herald.web;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TimeZone;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;

import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.TimeZoneAwareLocaleContext;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.LocaleContextResolver;

import dev.herald.account.Account;

/**
 * The language and the time zone of a page: what the account chose, else the first
 * language of the browser that there are words in, else English; else the server's zone.
 * Spring MVC looks for it by this name.
 */
@Component("localeResolver")
class AccountLocale implements LocaleContextResolver {

	/** Those that words/web*.properties are written in. */
	static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.SIMPLIFIED_CHINESE);

	@Override
	public LocaleContext resolveLocaleContext(HttpServletRequest request) {
		// Asked for late: a stylesheet needs no look at the account.
		return new TimeZoneAwareLocaleContext() {

			@Override
			public Locale getLocale() {
				return resolveLocale(request);
			}

			@Override
			public @Nullable TimeZone getTimeZone() {
				return account().map(Account::zone).map(TimeZone::getTimeZone).orElse(null);
			}

		};
	}

	@Override
	public Locale resolveLocale(HttpServletRequest request) {
		return account().map(Account::language).orElseGet(() -> asked(request));
	}

	private static Optional<Account> account() {
		return SignedIn.current().map(SignedIn::account);
	}

	private static Locale asked(HttpServletRequest request) {
		if (request.getHeader(HttpHeaders.ACCEPT_LANGUAGE) == null) {
			return Locale.ENGLISH;
		}
		return Collections.list(request.getLocales())
			.stream()
			.flatMap((wanted) -> LANGUAGES.stream().filter((known) -> known.getLanguage().equals(wanted.getLanguage())))
			.findFirst()
			.orElse(Locale.ENGLISH);
	}

	/**
	 * @throws UnsupportedOperationException always: the language is chosen on the
	 * account's page
	 */
	@Override
	public void setLocaleContext(HttpServletRequest request, @Nullable HttpServletResponse response,
			@Nullable LocaleContext localeContext) {
		throw new UnsupportedOperationException("The language is chosen on the account's page");
	}

}
