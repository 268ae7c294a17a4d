package dev.herald.render;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

import dev.herald.address.EmailAddress;
import dev.herald.address.Mailbox;
import dev.herald.dkim.DkimSigners;
import dev.herald.issue.IssueReader;
import dev.herald.newsletter.Newsletter;
import dev.herald.settings.Installation;
import dev.herald.settings.OperatorFiles;
import dev.herald.subscriber.Subscriber;
import dev.herald.tracking.DeliveryKey;
import dev.herald.tracking.DeliveryLinks;
import org.jspecify.annotations.Nullable;

/** A newsletter, its recipients and links that name them openly, for tests. */
final class SampleMails {

	static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-24T08:00:00Z"), ZoneOffset.UTC);

	static final Installation INSTALLATION = new Installation(Path.of("data"), URI.create("https://news.example.org"),
			false, "bounce@example.org");

	static final Recipient ANN = recipient(11, "ann@example.org", "Ann O'Neill & Co <x>");

	static final Recipient BO = recipient(12, "bo@example.net", "");

	private SampleMails() {
	}

	static Recipient recipient(int id, String address, String name) {
		return new Recipient(new DeliveryKey(7, id), new Subscriber(id, EmailAddress.parse(address), name));
	}

	static Newsletter newsletter(String language, @Nullable String baseUrl) {
		return new Newsletter(1, "weekly", "Weekly", new Mailbox("The Weekly", new EmailAddress("news@example.org")),
				null, Locale.forLanguageTag(language), (baseUrl != null) ? URI.create(baseUrl) : null, "1 Main St");
	}

	static IssueCompiler compiler(OperatorFiles files) {
		return new IssueCompiler(files, links(), INSTALLATION, DkimSigners.none(), RenderSettings.defaults(), CLOCK);
	}

	static DeliveryLinks links() {
		return new OpenLinks();
	}

	static CompiledIssue compile(String markdown, Newsletter newsletter) {
		return compiler(new OperatorFiles(Path.of("")))
			.compile(IssueReader.read("a.md", markdown.getBytes(StandardCharsets.UTF_8)), newsletter);
	}

	static CompiledIssue compile(String markdown) {
		return compile(markdown, newsletter("en", null));
	}

	/** Names and addresses that escaping, folding, trimming or wrapping may change. */
	static List<Recipient> nasty() {
		return List.of(ANN, BO, recipient(1, "c@example.org", "O'Brien & <Sons> \"x\""),
				recipient(22, "d@example.org", "😀 Emoji 👨‍👩‍👧"), recipient(333, "e@example.org", "张三 李四"),
				recipient(4, "f@example.org", "\u00a0nb\u00a0sp\u00a0"),
				recipient(5, "g@example.org", "long ".repeat(60)), recipient(6, "h@example.org", "שלום עולם"),
				recipient(7, "jürgen@bücher.example", "Jürgen"),
				recipient(8, "i".repeat(64) + "@" + "long-domain.".repeat(14) + "example.org", "I"),
				recipient(9, "j=k@example.org", "&amp; &#39; lt; =3D . From \r\n.\r\n"),
				recipient(10, "l@example.org", "slot0 body ${x} <#if>"));
	}

	private static final class OpenLinks implements DeliveryLinks {

		@Override
		public String tracking(DeliveryKey delivery) {
			return "t%d-%d".formatted(delivery.issueId(), delivery.subscriberId());
		}

		@Override
		public URI unsubscribe(DeliveryKey delivery) {
			return URI.create(
					"https://news.example.org/u/%d-%d?a=1&b=2".formatted(delivery.issueId(), delivery.subscriberId()));
		}

		@Override
		public EmailAddress unsubscribeByMail(DeliveryKey delivery) {
			return new EmailAddress("bounce+u%d-%d@example.org".formatted(delivery.issueId(), delivery.subscriberId()));
		}

		@Override
		public EmailAddress envelopeSender(DeliveryKey delivery) {
			return new EmailAddress("bounce+%d-%d@example.org".formatted(delivery.issueId(), delivery.subscriberId()));
		}

		@Override
		public String messageId(DeliveryKey delivery) {
			return "<%d-%d@example.org>".formatted(delivery.issueId(), delivery.subscriberId());
		}

	}

}
