package dev.herald.render;

import java.net.URI;
import java.util.List;

import dev.herald.address.EmailAddress;
import dev.herald.settings.Installation;
import dev.herald.subscriber.Subscriber;
import dev.herald.tracking.DeliveryKey;
import dev.herald.tracking.DeliveryLinks;
import org.jspecify.annotations.Nullable;

/**
 * A recipient and links for previews: anyone can see that they are samples, and they name
 * no delivery.
 */
public final class Samples {

	/** As long as a token, since it is in every link of a mail, and none. */
	private static final String TRACKING = DeliveryLinks.SAMPLE + "-".repeat(34);

	private Samples() {
	}

	/** Of the sample reader. */
	public static String name() {
		return "Sample Reader";
	}

	/**
	 * Somebody who gets a test.
	 * @param number of the mail within its test
	 */
	public static Recipient testReader(EmailAddress address, String name, int number) {
		return new Recipient(new DeliveryKey(0, number), new Subscriber(0, address, name));
	}

	public static Recipient recipient() {
		return new Recipient(new DeliveryKey(0, 0),
				new Subscriber(0, new EmailAddress("sample.reader@example.org"), name()));
	}

	/** Many kinds of recipients, so that a template's conditions go either way. */
	public static List<Recipient> recipients() {
		return List.of(recipient(), recipient("a@example.org", ""), recipient("jo@example.org", "Jo"),
				recipient("jürgen.großmann@example.org", "Jürgen Großmann"),
				recipient("o'brien+news@example.org", "Seán O'Brien & \"Sons\" <x>"),
				recipient("zhang@example.org", "张三"), recipient("dana@example.org", "דנה 😀"),
				recipient("a".repeat(64) + "@" + "long-domain.".repeat(14) + "example.org", "Anna Maria ".repeat(18)));
	}

	private static Recipient recipient(String address, String name) {
		return new Recipient(new DeliveryKey(0, 0), new Subscriber(0, new EmailAddress(address), name));
	}

	/** Needs neither database nor keys. */
	public static DeliveryLinks links(Installation installation) {
		EmailAddress bounce = EmailAddress.parse(installation.bounceAddress());
		return new DeliveryLinks() {
			@Override
			public String tracking(DeliveryKey delivery) {
				return TRACKING;
			}

			@Override
			public URI unsubscribe(DeliveryKey delivery) {
				return URI.create(installation.baseUrl() + "/u/" + DeliveryLinks.SAMPLE);
			}

			@Override
			public @Nullable EmailAddress unsubscribeByMail(DeliveryKey delivery) {
				return null;
			}

			@Override
			public EmailAddress envelopeSender(DeliveryKey delivery) {
				return new EmailAddress(bounce.localPart() + "+" + DeliveryLinks.SAMPLE + "@" + bounce.domain());
			}

			@Override
			public String messageId(DeliveryKey delivery) {
				return "<" + DeliveryLinks.SAMPLE + "@" + installation.baseUrl().getHost() + ">";
			}
		};
	}

}
