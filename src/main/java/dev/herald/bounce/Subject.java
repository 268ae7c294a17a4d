package dev.herald.bounce;

import dev.herald.tracking.DeliveryKey;

/** What something that came back is about, by the token in it. */
public sealed interface Subject {

	/** A report about it. */
	record OfDelivery(DeliveryKey delivery) implements Subject {
	}

	/** Mail to the address by which its reader leaves. */
	record OfLeaving(DeliveryKey delivery) implements Subject {
	}

	/** A report about the mail that answered a sign-up. */
	record OfSignUp(long signUp) implements Subject {
	}

	/** A report about a test, which is no delivery. */
	record OfTest() implements Subject {
	}

	/** There is no valid token in it. */
	record Unknown() implements Subject {
	}

}
