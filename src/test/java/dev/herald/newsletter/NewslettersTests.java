package dev.herald.newsletter;

import java.net.URI;
import java.time.Clock;
import java.util.Locale;

import dev.herald.address.EmailAddress;
import dev.herald.address.Mailbox;
import dev.herald.problem.Problem;
import dev.herald.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class NewslettersTests {

	private static final Theme LOOK = new Theme(
			new Palette(Theme.colour("#7a2e1d"), Theme.colour("#1f1d1a"), Theme.colour("#fdfcf9")),
			new Palette(Theme.colour("#e2957f"), Theme.colour("#ece7de"), Theme.colour("#171614")),
			Font.of("Avenir Next, 思源宋体, serif"), Logo.of("https://ai.example.cn/logo.png", "120x40"), 640, true);

	private static final NewsletterSettings AI = new NewsletterSettings("嵌入式 AI 双周报",
			Mailbox.parse("编辑 📰 <ai@example.cn>"), EmailAddress.parse("reply@example.cn"),
			NewsletterSettings.language("zh-CN"), NewsletterSettings.baseUrl("https://ai.example.cn/issues/"),
			"1 Main Street\r\nShanghai", LOOK, false, true);

	private static final NewsletterSettings PLAIN = new NewsletterSettings("Weekly", Mailbox.parse("jo@example.org"),
			null, Locale.ENGLISH, null, "");

	private final TestDatabase.Opened database;

	private final Newsletters newsletters;

	NewslettersTests(TestDatabase database) {
		this.database = database.open();
		this.newsletters = new Newsletters(this.database.jdbc(), this.database.transactions(), (event) -> {
		}, Clock.systemUTC());
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void whatIsCreatedIsReadBack() {
		Newsletter created = this.newsletters.create("ai-news", AI);
		assertThat(created).isEqualTo(new Newsletter(created.id(), "ai-news", "嵌入式 AI 双周报",
				new Mailbox("编辑 📰", new EmailAddress("ai@example.cn")), new EmailAddress("reply@example.cn"),
				Locale.SIMPLIFIED_CHINESE, URI.create("https://ai.example.cn/issues/"), "1 Main Street\nShanghai", LOOK,
				false, true));
		assertThat(this.newsletters.find("ai-news")).contains(created);
		assertThat(this.newsletters.byId(created.id())).isEqualTo(created);
	}

	@Test
	void whatIsNotSetIsReadBackAsNotSet() {
		Newsletter created = this.newsletters.create("weekly", PLAIN);
		assertThat(created.replyTo()).isNull();
		assertThat(created.baseUrl()).isNull();
		assertThat(created.postalAddress()).isEmpty();
		assertThat(created.theme()).isEqualTo(Theme.DEFAULT);
		assertThat(created.archived()).isTrue();
	}

	@Test
	void theTablesDefaultsAreTheThemesOwn() {
		this.database.jdbc().sql("""
				INSERT INTO newsletter (name_key, name, sender_name, sender_address, language, created_at)
				VALUES ('bare', 'Bare', '', 'jo@example.org', 'en', '2026-11-24 08:00:00')
				""").update();
		Newsletter bare = this.newsletters.require("bare");
		assertThat(bare.theme()).isEqualTo(Theme.DEFAULT);
		assertThat(bare.archived()).isTrue();
	}

	@Test
	void aNewsletterChangedToItsOwnSettingsStaysAsItIs() {
		Newsletter created = this.newsletters.create("ai-news", AI);
		assertThat(this.newsletters.change("ai-news", created.settings())).isEqualTo(created);
	}

	@Test
	void aTakenKeyIsRefusedAndTheOldNewsletterStays() {
		Newsletter first = this.newsletters.create("weekly", PLAIN);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.newsletters.create("weekly", AI))
			.withMessage("There is a newsletter 'weekly' already. Choose another key.");
		assertThat(this.newsletters.all()).containsExactly(first);
	}

	@Test
	void aKeyIsADnsLabel() {
		for (String key : new String[] { "", "-a", "a-", "Weekly", "a.b", "a b", "a_b", "ä", "a\n", "a".repeat(64),
				"../a" }) {
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.newsletters.create(key, PLAIN))
				.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Problem.Kind.USAGE));
		}
		assertThat(this.newsletters.create("a".repeat(63), PLAIN).key()).hasSize(63);
		assertThat(this.newsletters.create("7", PLAIN).key()).isEqualTo("7");
	}

	@Test
	void settingsCanBeChangedAndTheKeyStays() {
		Newsletter created = this.newsletters.create("weekly", PLAIN);
		Newsletter changed = this.newsletters.change("weekly", AI);
		assertThat(changed.id()).isEqualTo(created.id());
		assertThat(changed.name()).isEqualTo("嵌入式 AI 双周报");
		assertThat(this.newsletters.change("weekly", AI)).isEqualTo(changed);
	}

	@Test
	void anUnknownKeyNamesTheNewslettersThereAre() {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.newsletters.require("weekly"))
			.withMessage("There is no newsletter 'weekly'. Create one first: newsletter create.");
		this.newsletters.create("monthly", PLAIN);
		this.newsletters.create("ai", PLAIN);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.newsletters.require("weekly"))
			.withMessage("There is no newsletter 'weekly'. There are: ai, monthly.");
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.newsletters.change("weekly", AI));
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.newsletters.require("\u001b[31m"))
			.withMessage("There is no newsletter with that key. There are: ai, monthly.");
	}

}
