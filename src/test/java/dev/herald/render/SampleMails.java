package dev.herald.render;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;

import dev.herald.address.EmailAddress;
import dev.herald.address.Mailbox;
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
		return new IssueCompiler(files, new OpenLinks(),
				new Installation(Path.of("data"), URI.create("https://news.example.org"), false, "bounce@example.org"),
				CLOCK);
	}

	static CompiledIssue compile(String markdown, Newsletter newsletter) {
		return compiler(new OperatorFiles(Path.of("")))
			.compile(IssueReader.read("a.md", markdown.getBytes(StandardCharsets.UTF_8)), newsletter);
	}

	static CompiledIssue compile(String markdown) {
		return compile(markdown, newsletter("en", null));
	}

	private static final class OpenLinks implements DeliveryLinks {

		@Override
		public URI unsubscribe(DeliveryKey delivery) {
			return URI.create(
					"https://news.example.org/u/%d-%d?a=1&b=2".formatted(delivery.issueId(), delivery.subscriberId()));
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
