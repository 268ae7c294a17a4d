package dev.herald.signup;

import java.util.Map;
import java.util.Optional;

import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.Newsletters;
import dev.herald.notice.NoticeWriter;
import dev.herald.render.Notice;
import dev.herald.render.NoticeCompiler;
import dev.herald.render.OutgoingMessage;
import dev.herald.subscriber.Subscriber;
import dev.herald.subscriber.SubscriptionState;
import dev.herald.subscriber.Subscriptions;
import dev.herald.subscriber.Suppressions;
import dev.herald.tracking.SubscriptionKey;
import dev.herald.tracking.SubscriptionLinks;

import org.springframework.stereotype.Component;

/** Greets who has just confirmed, in the newsletter's language. Thread-safe. */
@Component
class WelcomeLetter implements NoticeWriter {

	static final String KIND = "welcome";

	private final Newsletters newsletters;

	private final Subscriptions subscriptions;

	private final Suppressions suppressions;

	private final SubscriptionLinks links;

	private final NoticeCompiler compiler;

	WelcomeLetter(Newsletters newsletters, Subscriptions subscriptions, Suppressions suppressions,
			SubscriptionLinks links, NoticeCompiler compiler) {
		this.newsletters = newsletters;
		this.subscriptions = subscriptions;
		this.suppressions = suppressions;
		this.links = links;
		this.compiler = compiler;
	}

	/** Both numbers in one. */
	static long about(int newsletterId, int subscriberId) {
		return ((long) newsletterId << 32) | subscriberId;
	}

	@Override
	public String kind() {
		return KIND;
	}

	@Override
	public Optional<OutgoingMessage> write(long about) {
		return reader(about).map((reader) -> this.compiler
			.message(new Notice("welcome", "welcome", reader.newsletter(), reader.newsletter().language(),
					reader.subscriber().address(), Map.of(), Map.of(), this.links.unsubscribe(reader.key()),
					this.links.envelopeSender(), this.links.messageId("w" + Long.toHexString(about)))));
	}

	/** Empty for who may be mailed no more: gone, left or suppressed meanwhile. */
	Optional<Reader> reader(long about) {
		SubscriptionKey key = new SubscriptionKey((int) (about >> 32), (int) about);
		return this.subscriptions.find(key.subscriberId())
			.filter((subscriber) -> this.subscriptions.state(key.newsletterId(), subscriber.id())
				.filter((state) -> state == SubscriptionState.ACTIVE)
				.isPresent())
			.filter((subscriber) -> this.suppressions.find(subscriber.address()).isEmpty())
			.map((subscriber) -> new Reader(key, this.newsletters.byId(key.newsletterId()), subscriber));
	}

	record Reader(SubscriptionKey key, Newsletter newsletter, Subscriber subscriber) {
	}

}
