package dev.herald.person;

import java.net.URI;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import dev.herald.newsletter.Newsletters;
import dev.herald.notice.NoticeWriter;
import dev.herald.render.Notice;
import dev.herald.render.NoticeCompiler;
import dev.herald.render.OutgoingMessage;
import dev.herald.settings.Installation;
import dev.herald.tracking.RequestTokens;
import dev.herald.tracking.SubscriptionLinks;

import org.springframework.stereotype.Component;

/**
 * The mail whose link does what a reader asked for. Nothing that a reader has typed is in
 * it but the address that it goes to: whoever asks for mails to a stranger can't say
 * anything in them. Thread-safe.
 */
@Component
class RequestNotice implements NoticeWriter {

	static final String KIND = "reader-request";

	/** In UTC, and alike in all languages: nobody knows where a new address is. */
	private static final DateTimeFormatter UNTIL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT);

	private final ReaderRequests requests;

	private final Newsletters newsletters;

	private final RequestTokens tokens;

	private final SubscriptionLinks links;

	private final NoticeCompiler compiler;

	private final Installation installation;

	private final Clock clock;

	RequestNotice(ReaderRequests requests, Newsletters newsletters, RequestTokens tokens, SubscriptionLinks links,
			NoticeCompiler compiler, Installation installation, Clock clock) {
		this.requests = requests;
		this.newsletters = newsletters;
		this.tokens = tokens;
		this.links = links;
		this.compiler = compiler;
		this.installation = installation;
		this.clock = clock;
	}

	@Override
	public String kind() {
		return KIND;
	}

	/** Empty for a request that is too old, or was confirmed meanwhile. */
	@Override
	public Optional<OutgoingMessage> write(long about) {
		return this.requests.find(about)
			.filter((request) -> request.open(this.clock.instant()) && request.doneAt() == null)
			.map((request) -> this.compiler.message(notice(request)));
	}

	private Notice notice(ReaderRequest request) {
		URI link = URI.create(this.installation.baseUrl() + "/u/" + this.tokens.write(request.id()) + "/request");
		Map<String, String> values = Map.of("host", this.installation.baseUrl().getHost(), "until",
				UNTIL.format(request.expiresAt().atOffset(ZoneOffset.UTC)));
		return new Notice("confirm", "request." + request.kind().name().toLowerCase(Locale.ROOT),
				this.newsletters.byId(request.newsletterId()), request.language(), request.address(), values,
				Map.of("confirm", link), null, this.links.envelopeSender(), this.links.messageId("q" + request.id()));
	}

}
