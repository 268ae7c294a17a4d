package dev.herald.tracking;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

import dev.herald.address.EmailAddress;
import dev.herald.problem.Problem;
import dev.herald.settings.Installation;
import dev.herald.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TokensTests {

	private static final DeliveryKey DELIVERY = new DeliveryKey(17, 300_123);

	private final TestDatabase.Opened database = TestDatabase.H2.open();

	private final Tokens tokens = new Tokens(
			new SigningKeys(this.database.jdbc(), Clock.systemUTC(), new SigningKeysSetting(null)));

	private final DeliveryLookup lookup = new DeliveryLookup(this.tokens);

	@AfterEach
	void close() {
		this.database.close();
	}

	private DeliveryLinks links(String bounceAddress) {
		return links(bounceAddress, "imap.example.org");
	}

	private DeliveryLinks links(String bounceAddress, @Nullable String mailboxHost) {
		return links(bounceAddress, mailboxHost, false);
	}

	private DeliveryLinks links(String bounceAddress, @Nullable String mailboxHost, boolean listener) {
		return new SignedDeliveryLinks(this.tokens,
				new Installation(Path.of("data"), URI.create("https://news.example.org/herald/"), false, bounceAddress),
				new WaysBack(Map.of("main", new WaysBack.Mailbox(mailboxHost)), new WaysBack.Listener(listener)),
				ProviderFieldsTests.fields());
	}

	@Test
	void aTokenNamesItsDeliveryInEitherCase() {
		Random random = new Random(7);
		for (int i = 0; i < 500; i++) {
			DeliveryKey delivery = new DeliveryKey(random.nextInt(), random.nextInt());
			String token = this.tokens.write(TokenPurpose.UNSUBSCRIBE, delivery);
			assertThat(token).hasSize(40).matches("[a-z2-7]+");
			assertThat(this.tokens.read(TokenPurpose.UNSUBSCRIBE, token)).contains(delivery);
			assertThat(this.tokens.read(TokenPurpose.UNSUBSCRIBE, token.toUpperCase(Locale.ROOT))).contains(delivery);
		}
	}

	@Test
	void everyFlippedBitIsRefused() {
		String token = this.tokens.write(TokenPurpose.ENVELOPE_SENDER, DELIVERY);
		byte[] bytes = Base32.read(token).orElseThrow();
		for (int bit = 0; bit < bytes.length * 8; bit++) {
			byte[] forged = bytes.clone();
			forged[bit / 8] ^= (byte) (1 << bit % 8);
			assertThat(this.tokens.read(TokenPurpose.ENVELOPE_SENDER, Base32.write(forged))).as("bit %d", bit)
				.isEmpty();
		}
	}

	@Test
	void everyOtherCharacterIsRefused() {
		String token = this.tokens.write(TokenPurpose.UNSUBSCRIBE, DELIVERY);
		for (int i = 0; i < token.length(); i++) {
			for (char c = 0; c < 300; c++) {
				if (Character.toLowerCase(c) != token.charAt(i)) {
					String forged = token.substring(0, i) + c + token.substring(i + 1);
					assertThat(this.tokens.read(TokenPurpose.UNSUBSCRIBE, forged)).as(forged).isEmpty();
				}
			}
		}
	}

	@Test
	void aTokenIsGoodForOnePurposeOnly() {
		for (TokenPurpose written : TokenPurpose.values()) {
			for (TokenPurpose read : TokenPurpose.values()) {
				assertThat(this.tokens.read(read, this.tokens.write(written, DELIVERY)).isPresent())
					.isEqualTo(written == read);
			}
		}
	}

	@Test
	void aTokenOfAnotherInstallationIsNothingHere() {
		try (TestDatabase.Opened other = TestDatabase.H2.open()) {
			Tokens theirs = new Tokens(new SigningKeys(other.jdbc(), Clock.systemUTC(), new SigningKeysSetting(null)));
			assertThat(this.tokens.read(TokenPurpose.UNSUBSCRIBE, theirs.write(TokenPurpose.UNSUBSCRIBE, DELIVERY)))
				.isEmpty();
		}
	}

	@Test
	void neighboursHaveNothingInCommonAfterTheKeyId() {
		Set<String> seen = new HashSet<>();
		for (int subscriber = 1; subscriber <= 200; subscriber++) {
			String token = this.tokens.write(TokenPurpose.UNSUBSCRIBE, new DeliveryKey(1, subscriber));
			assertThat(seen.add(token.substring(2, 8))).isTrue();
			assertThat(seen.add(token.substring(32))).isTrue();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a", "=", "../../etc/passwd", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
			"0000000000000000000000000000000000000000", "ıııııııııııııııııııııııııııııııııııııııı",
			"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "\u0000", "💣" })
	void garbageIsEmptyAndNoError(String garbage) {
		assertThatCode(() -> {
			assertThat(this.lookup.byUnsubscribeToken(garbage)).isEmpty();
			assertThat(this.lookup.byEnvelopeSender("<bounce+" + garbage + "@example.org>")).isEmpty();
			assertThat(this.lookup.byUnsubscribeAddress("<bounce+" + garbage + "@example.org>")).isEmpty();
			assertThat(this.lookup.byMessageId("<" + garbage + "@example.org>")).isEmpty();
			assertThat(this.lookup.signUp("<bounce+" + garbage + "@example.org> <" + garbage + "@example.org>"))
				.isEmpty();
			assertThat(this.lookup.byUnsubscribeLink("<https://example.org/u/" + garbage + ">")).isEmpty();
		}).doesNotThrowAnyException();
	}

	@Test
	void linksCarryTheTokenAndAreTheSameInEveryAttempt() {
		DeliveryLinks links = links("bounce@example.org");
		assertThat(links.unsubscribe(DELIVERY).toString())
			.matches("https://news\\.example\\.org/herald/u/[a-z2-7]{40}");
		assertThat(links.envelopeSender(DELIVERY).value()).matches("bounce\\+[a-z2-7]{40}@example\\.org");
		assertThat(links.messageId(DELIVERY)).matches("<[a-z2-7]{40}@example\\.org>")
			.isEqualTo(links("bounce@example.org").messageId(DELIVERY));
	}

	@Test
	void whatTheLinksWriteTheLookupFinds() {
		DeliveryLinks links = links("bounce@example.org");
		assertThat(this.lookup.byUnsubscribeLink("<" + links.unsubscribe(DELIVERY) + ">, <mailto:x@example.org>"))
			.contains(DELIVERY);
		assertThat(this.lookup.byEnvelopeSender("<" + links.envelopeSender(DELIVERY) + ">")).contains(DELIVERY);
		assertThat(this.lookup.byMessageId(links.messageId(DELIVERY))).contains(DELIVERY);
	}

	@Test
	void anAddressUnsubscribesByMailOnlyWhereSomebodyReadsThatMail() {
		EmailAddress address = Objects.requireNonNull(links("bounce@example.org").unsubscribeByMail(DELIVERY));
		assertThat(address.value()).matches("bounce\\+[a-z2-7]{40}@example\\.org");
		assertThat(this.lookup.byUnsubscribeAddress("Leave <" + address + ">")).contains(DELIVERY);
		assertThat(this.lookup.byEnvelopeSender(address.value())).isEmpty();
		assertThat(this.lookup.byUnsubscribeAddress(links("bounce@example.org").envelopeSender(DELIVERY).value()))
			.isEmpty();
		assertThat(links("bounce@example.org", null).unsubscribeByMail(DELIVERY)).isNull();
		assertThat(links("bounce@example.org", null, true).unsubscribeByMail(DELIVERY)).isEqualTo(address);
	}

	@Test
	void aNumberIsReadBackAndIsNoDelivery() {
		for (long number : new long[] { 0, 1, 4_294_967_296L, Long.MAX_VALUE, -1 }) {
			String token = this.tokens.writeNumber(TokenPurpose.UNDO, number);
			assertThat(this.tokens.readNumber(TokenPurpose.UNDO, token)).contains(number);
			assertThat(this.tokens.read(TokenPurpose.UNSUBSCRIBE, token)).isEmpty();
		}
	}

	@Test
	void aVerpAddressIsFoundAsForwardersAndServersRewriteIt() {
		String address = links("bounce@example.org").envelopeSender(DELIVERY).value();
		String local = address.substring(0, address.indexOf('@'));
		for (String seen : List.of(address.toUpperCase(Locale.ROOT), "\"" + local + "\"@example.org",
				"SRS0=x7Fa=3K=example.org=" + local + "@forwarder.example", "prvs=1234567890=" + address,
				"Herald <" + address + ">, other@example.net")) {
			assertThat(this.lookup.byEnvelopeSender(seen)).as(seen).contains(DELIVERY);
		}
	}

	@Test
	void aTextOfForgedTokensIsGivenUpSoon() {
		String forged = "<bounce+" + "aeaaaaaa".repeat(5) + "@example.org>";
		String real = "<" + links("bounce@example.org").envelopeSender(DELIVERY) + ">";
		assertThat(this.lookup.byEnvelopeSender(forged.repeat(3) + real)).contains(DELIVERY);
		assertThat(this.lookup.byEnvelopeSender(forged.repeat(8) + real)).isEmpty();
	}

	@Test
	void aBounceAddressThatLeavesNoRoomIsRefused() {
		String longest = "b".repeat(23) + "@example.org";
		assertThat(links(longest).envelopeSender(DELIVERY).localPart()).hasSize(64);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> links("b" + longest))
			.withMessageContaining("herald.bounce-address")
			.withMessageContaining("at most 23");
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> links("\"bounce\"@example.org"));
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> links("zurück@example.org"));
	}

}
