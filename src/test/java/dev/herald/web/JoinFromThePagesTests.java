package dev.herald.web;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.herald.address.EmailAddress;
import dev.herald.signup.SignUpForm;
import dev.herald.signup.Welcome;
import dev.herald.subscriber.SuppressionReason;
import dev.herald.web.Browser.Page;
import org.awaitility.Awaitility;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;

import static org.assertj.core.api.Assertions.assertThat;

/** Readers sign up and confirm on the pages. */
class JoinFromThePagesTests extends JoinTest {

	@RegisterExtension
	final PageLook look = new PageLook();

	@Test
	void aReaderSignsUpOnThePageAndConfirms() {
		Browser reader = new Browser(this.port);
		Page form = reader.get("/join/weekly");
		assertThat(form.words()).contains("The Weekly by email", "I want to get The Weekly by email at this address.");
		assertThat(form.response().headers().map()).doesNotContainKey("set-cookie");
		assertThat(form.html().select("script, [onclick]")).isEmpty();
		Page quick = reader.postWithout("/join/weekly", fields(form, "bo@example.net"));
		assertThat(quick.words()).contains("That was very quick");
		assertThat(fields(quick, "bo@example.net")).as("nothing has to be typed again")
			.isEqualTo(fields(form, "bo@example.net"));
		Page asked = Awaitility.await()
			.until(() -> reader.postWithout("/join/weekly", fields(quick, "bo@example.net")),
					(page) -> page.status() == 302);
		assertThat(asked.location()).isEqualTo("/join/weekly?asked");
		assertThat(reader.follow(asked).words()).contains("Look into your mail");
		assertThat(mails()).hasSize(1);
		String link = "/confirm/" + mails().get(0).token("/confirm/");
		assertThat(reader.get(link).words()).contains("Subscribe to The Weekly?");
		assertThat(state("bo@example.net")).isEqualTo("PENDING");
		assertThat(reader.postWithout(link, Map.of("button", "confirm")).words()).contains("You are subscribed");
		assertThat(state("bo@example.net")).isEqualTo("ACTIVE");
		assertThat(reader.get(link).words()).contains("You are subscribed");
		assertThat(reader.get(link).html().select("button")).isEmpty();
	}

	@Test
	void whoHasJustJoinedIsOfferedThePreferencesByPageAndMail() {
		this.forms.change(this.newsletters.require("weekly"), new SignUpForm(true, "", Welcome.LETTER));
		Browser reader = new Browser(this.port);
		reader.postWithout("/join/weekly", filled(reader, "bo@example.net"));
		String link = "/confirm/" + mails().get(0).token("/confirm/");
		assertThat(reader.get(link).html().select("main a")).as("before").isEmpty();
		Page joined = reader.postWithout(link, Map.of("button", "confirm"));
		String preferences = joined.html().expectFirst("main a").attr("href");
		assertThat(preferences).matches("/u/[a-z2-7]{40}/preferences");
		assertThat(mails().get(1).text()).contains("Preferences: http").contains(preferences);
		assertThat(Jsoup.parse(mails().get(1).html()).select("a").eachAttr("href"))
			.anyMatch((address) -> address.endsWith(preferences));
		Page page = reader.get(preferences);
		assertThat(page.words()).contains("b…@example.net", "The Weekly");
		assertThat(reader.get(link).html().expectFirst("main a").attr("href")).as("once more").isEqualTo(preferences);
		reader.postWithout(preferences,
				Map.of("do", "save", "name", "Bo", "language", "zh", "zone", "Asia/Shanghai", "newsletter", "weekly"));
		assertThat(this.jdbc.sql("SELECT CONCAT(name, ' ', zone) FROM subscriber").query(String.class).single())
			.isEqualTo("Bo Asia/Shanghai");
		this.jdbc.sql("UPDATE subscriber SET address = 'bo@example.com', match_key = 'bo@example.com'").update();
		assertThat(reader.get(link).html().select("main a")).as("of an address that is another's by now").isEmpty();
		this.forms.change(this.newsletters.require("weekly"), new SignUpForm(true, "", Welcome.NONE));
	}

	@Test
	void aFormOnAnotherPageTakesOneMoreStep() {
		Browser reader = new Browser(this.port);
		Page step = reader.postWithout("/join/weekly",
				Map.of("address", "bo@example.net", "website", "", "form", "my blog"));
		assertThat(step.status()).isEqualTo(200);
		assertThat(step.words()).contains("One more step");
		assertThat(fields(step, "bo@example.net")).containsEntry("form", "my blog");
		assertThat(step.html().select("input[name=address]").attr("value")).isEqualTo("bo@example.net");
		assertThat(this.jdbc.sql("SELECT COUNT(*) FROM sign_up").query(Integer.class).single()).isZero();
		Awaitility.await()
			.until(() -> reader.postWithout("/join/weekly", fields(step, "bo@example.net")).status() == 302);
		assertThat(this.jdbc.sql("SELECT form FROM sign_up").query(String.class).list()).containsExactly("my blog");
	}

	@Test
	void theAnswerIsTheSameWhateverIsKnownOfAnAddress() {
		Browser reader = new Browser(this.port);
		this.suppressions.suppress(EmailAddress.parse("suppressed@example.net"), SuppressionReason.COMPLAINT, "spam",
				"");
		subscribed("active@example.net", "ACTIVE");
		subscribed("pending@example.net", "PENDING");
		subscribed("left@example.net", "UNSUBSCRIBED");
		Map<String, String> form = filled(reader, "");
		Set<String> answers = new HashSet<>();
		for (String who : List.of("unknown", "active", "pending", "left", "suppressed")) {
			form.put("address", who + "@example.net");
			Page page = reader.postWithout("/join/weekly", form);
			answers.add(page.status() + page.location() + page.body());
		}
		assertThat(answers).containsExactly("302/join/weekly?asked");
		assertThat(mails().stream().map((mail) -> mail.header("To") + " " + mail.subject())).containsExactlyInAnyOrder(
				"<unknown@example.net> Please confirm: The Weekly",
				"<active@example.net> You subscribe to The Weekly already",
				"<pending@example.net> Please confirm: The Weekly", "<left@example.net> Please confirm: The Weekly");
		assertThat(List.of(state("active@example.net"), state("left@example.net"))).containsExactly("ACTIVE",
				"UNSUBSCRIBED");
	}

	private void subscribed(String address, String state) {
		this.jdbc.sql("INSERT INTO subscriber (address, match_key, created_at) VALUES (?, ?, '2026-01-01')")
			.params(address, address)
			.update();
		this.jdbc.sql("""
				INSERT INTO subscription (newsletter_id, subscriber_id, state, changed_at)
				SELECT n.id, s.id, ?, '2026-01-01' FROM newsletter n, subscriber s
				WHERE n.name_key = 'weekly' AND s.match_key = ?
				""").params(state, address).update();
	}

	@Test
	void whatCantBeTakenIsSaidAndNothingIsDone() {
		Browser reader = new Browser(this.port);
		Map<String, String> form = filled(reader, "bo@mail.throwaway.example");
		Page refused = reader.postWithout("/join/weekly", form);
		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.words()).contains("Addresses of this provider can’t be used here");
		form.put("address", "<script>alert(1)</script>");
		assertThat(reader.postWithout("/join/weekly", form).body()).doesNotContain("<script>")
			.contains("aria-invalid=\"true\"");
		form.putAll(Map.of("address", "bo@example.net", "name", "x".repeat(201)));
		assertThat(reader.postWithout("/join/weekly", form).words())
			.contains("A name is on one line and has at most 200 characters.");
		form.putAll(Map.of("name", "", "agreement", "0".repeat(64)));
		assertThat(reader.postWithout("/join/weekly", form).words()).contains("One more step");
		form.put("shown", form.getOrDefault("shown", "").replaceAll("[a-c]", "d"));
		assertThat(reader.postWithout("/join/weekly", form).words()).contains("One more step");
		for (String path : List.of("/join/shut", "/join/none", "/confirm/none", "/confirm/" + "a".repeat(40))) {
			assertThat(reader.get(path).status()).as(path).isEqualTo(404);
			assertThat(reader.postWithout(path, Map.of("address", "bo@example.net", "button", "confirm")).status())
				.as(path)
				.isEqualTo(404);
		}
		assertThat(reader.get("/join/shut").body()).isEqualTo(reader.get("/join/none").body());
		assertThat(this.jdbc.sql("SELECT COUNT(*) FROM sign_up").query(Integer.class).single()).isZero();
	}

	@Test
	void anEditorOpensTheForm() {
		Browser admin = new Browser(this.port);
		admin.signIn("ada@example.org", PASSWORD);
		String path = "/newsletters/shut/sign-up";
		assertThat(admin.get(path).words()).contains("Readers can’t sign up by themselves.");
		Page wrong = admin.post(path, Map.of("offered", "true", "agreement", "x".repeat(2001)));
		assertThat(wrong.status()).isEqualTo(400);
		assertThat(wrong.words()).contains("at most 2,000 characters");
		Page saved = admin.follow(
				admin.post(path, Map.of("offered", "true", "agreement", "Yes, <b>please</b>.", "welcome", "ISSUE")));
		assertThat(saved.html().select("#snippet").val()).startsWith("<form action=\"http://localhost")
			.contains("/join/shut\" method=\"post\"");
		assertThat(new Browser(this.port).get("/join/shut").words()).contains("Yes, <b>please</b>.");
		admin.get(path);
		admin.post(path, Map.of("offered", "false"));
		assertThat(new Browser(this.port).get("/join/shut").status()).isEqualTo(404);
	}

	@Test
	void thePagesAreSeenInABrowser() throws IOException {
		ChromeDriver driver = this.look.driver();
		driver.get("http://localhost:" + this.port + "/join/weekly");
		this.look.at("join", true);
		driver.findElement(By.id("address")).sendKeys("bo@throwaway.example");
		driver.findElement(By.tagName("button")).click();
		this.look.at("join-wrong", true);
		driver.findElement(By.id("address")).clear();
		driver.findElement(By.id("address")).sendKeys("bo@example.net");
		driver.findElement(By.id("name")).sendKeys("Bo");
		Awaitility.await().until(() -> {
			driver.findElement(By.tagName("button")).click();
			return driver.getCurrentUrl().endsWith("?asked");
		});
		this.look.at("join-asked", true);
		String link = "http://localhost:" + this.port + "/confirm/" + mails().get(0).token("/confirm/");
		this.jdbc.sql("UPDATE sign_up SET offered_at = '2020-01-01'").update();
		driver.get(link);
		this.look.at("join-expired", true);
		driver.findElement(By.tagName("button")).click();
		Awaitility.await().until(() -> mails().size() == 2);
		driver.get("http://localhost:" + this.port + "/confirm/" + mails().get(1).token("/confirm/"));
		this.look.at("join-confirm", true);
		driver.findElement(By.tagName("button")).click();
		this.look.at("join-confirmed", true);
		assertThat(state("bo@example.net")).isEqualTo("ACTIVE");
		driver.get("http://localhost:" + this.port + "/confirm/x");
		this.look.at("join-unknown", true);
		driver.executeCdpCommand("Network.enable", Map.of());
		driver.executeCdpCommand("Network.setExtraHTTPHeaders", Map.of("headers", Map.of("Accept-Language", "zh-CN")));
		driver.get("http://localhost:" + this.port + "/join/weekly");
		assertThat(driver.findElement(By.tagName("h1")).getText()).isEqualTo("订阅「The Weekly」");
		this.look.at("join-zh", true);
	}

}
