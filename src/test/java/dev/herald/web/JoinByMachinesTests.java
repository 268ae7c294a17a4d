package dev.herald.web;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import dev.herald.signup.SignUpForm;
import dev.herald.signup.Welcome;
import dev.herald.web.Browser.Page;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bots sign up by the thousand, and mail scanners follow links: over HTTP. With
 * {@code -Dbots=10000} it is ten thousand of them.
 */
class JoinByMachinesTests extends JoinTest {

	private static final int BOTS = Integer.getInteger("bots", 1_000);

	@Test
	void ofThousandsFromOneNetworkTwentyGetAMail() throws Exception {
		Map<Integer, Integer> answers = flood((bot) -> "203.0.113.9", (bot) -> "victim" + bot + "@example.net");
		assertThat(answers).isEqualTo(Map.of(302, 20, 429, BOTS - 20));
		assertThat(mails()).hasSize(20);
	}

	@Test
	void ofThousandsFromAsManyNetworksSoManyGetAMailAsMayInAll() throws Exception {
		Map<Integer, Integer> answers = flood((bot) -> "2001:db8:%x:%x::1".formatted(bot / 100, bot % 100),
				(bot) -> "victim" + bot + "@example.net");
		assertThat(answers).isEqualTo(Map.of(302, IN_ALL, 429, BOTS - IN_ALL));
		assertThat(mails()).hasSize(IN_ALL);
		assertThat(this.jdbc.sql("SELECT COUNT(*) FROM sign_up_count").query(Integer.class).single())
			.isEqualTo(IN_ALL + 1);
	}

	@Test
	void thousandsOfOneAddressAreTwoMails() throws Exception {
		Map<Integer, Integer> answers = flood((bot) -> "198.51.%d.%d".formatted(bot / 200, bot % 200),
				(bot) -> (bot % 2 == 0) ? "victim@example.net" : "Victim@EXAMPLE.net");
		assertThat(answers).isEqualTo(Map.of(302, BOTS));
		assertThat(mails()).hasSize(2);
		assertThat(this.jdbc.sql("SELECT COUNT(*) FROM sign_up_count").query(Integer.class).single()).isEqualTo(3);
	}

	@Test
	void whoFillsEverythingInIsToldTheSameAndNothingIsDone() {
		Browser bot = new Browser(this.port);
		Map<String, String> form = filled(bot, "victim@example.net");
		form.put("website", "https://evil.example");
		assertThat(bot.postWithout("/join/weekly", form).location()).isEqualTo("/join/weekly?asked");
		assertThat(this.jdbc.sql("SELECT COUNT(*) FROM sign_up").query(Integer.class).single()).isZero();
	}

	/** How many got which status. */
	private Map<Integer, Integer> flood(IntFunction<String> network, IntFunction<String> address) throws Exception {
		Map<String, String> form = filled(new Browser(this.port), "");
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			List<Callable<Map<Integer, Integer>>> parts = IntStream.range(0, 4)
				.<Callable<Map<Integer, Integer>>>mapToObj((part) -> () -> {
					Browser bots = new Browser(this.port);
					Map<Integer, Integer> answers = new HashMap<>();
					for (int bot = part; bot < BOTS; bot += 4) {
						Map<String, String> fields = new HashMap<>(form);
						fields.put("address", address.apply(bot));
						answers.merge(bots.submit("/join/weekly", fields, "X-Forwarded-For", network.apply(bot)), 1,
								Integer::sum);
					}
					return answers;
				})
				.toList();
			Map<Integer, Integer> all = new HashMap<>();
			for (Future<Map<Integer, Integer>> part : threads.invokeAll(parts)) {
				part.get().forEach((status, count) -> all.merge(status, count, Integer::sum));
			}
			return all;
		}
		finally {
			threads.shutdown();
		}
	}

	@Test
	void scannersConfirmNobody() {
		Browser scanner = new Browser(this.port);
		for (String address : List.of("a@example.net", "b@example.net")) {
			scanner.postWithout("/join/weekly", filled(scanner, address));
		}
		List<String> links = mails().stream().map((mail) -> "/confirm/" + mail.token("/confirm/")).toList();
		this.jdbc.sql("UPDATE sign_up SET offered_at = '2020-01-01' WHERE address = 'b@example.net'").update();
		List<String> before = rows();
		for (String link : links) {
			for (String method : List.of("GET", "HEAD", "OPTIONS", "POST")) {
				scanner.send(method, link, "Accept", "*/*");
				scanner.send(method, link, "Sec-Purpose", "prefetch;prerender");
			}
			for (Map<String, String> sent : List.of(Map.<String, String>of(), Map.of("button", ""),
					Map.of("List-Unsubscribe", "One-Click"), Map.of("button", "unsubscribe"))) {
				scanner.postWithout(link, sent);
			}
			for (String header : List.of("Sec-Purpose", "Purpose", "X-Moz", "X-Purpose")) {
				for (String button : List.of("confirm", "again")) {
					assertThat(scanner.submit(link, Map.of("button", button), header, "prefetch")).isIn(200, 410);
				}
			}
		}
		assertThat(rows()).isEqualTo(before);
		assertThat(mails()).hasSize(2);
		assertThat(scanner.postWithout(links.get(1), Map.of("button", "again")).words())
			.contains("Look into your mail");
		assertThat(mails()).as("a person's button works all the same").hasSize(3);
	}

	@Test
	void scannersChooseNothingForWhoHasJustJoined() {
		this.forms.change(this.newsletters.require("weekly"), new SignUpForm(true, "", Welcome.LETTER));
		Browser scanner = new Browser(this.port);
		scanner.postWithout("/join/weekly", filled(scanner, "a@example.net"));
		String confirm = "/confirm/" + mails().get(0).token("/confirm/");
		Page joined = scanner.postWithout(confirm, Map.of("button", "confirm"));
		String preferences = joined.html().expectFirst("main a").attr("href");
		String reader = "/u/" + mails().get(1).token("/u/");
		List<String> before = rows();
		for (String link : List.of(confirm, preferences, reader, reader + "/preferences")) {
			for (String method : List.of("GET", "HEAD", "OPTIONS")) {
				for (String header : List.of("Accept", "Sec-Purpose", "Purpose", "X-Moz")) {
					assertThat(
							scanner.send(method, link, header, header.equals("Accept") ? "*/*" : "prefetch").status())
						.as(method + " " + link)
						.isEqualTo(200);
				}
			}
			if (!link.equals(reader)) {
				scanner.postWithout(link, Map.of());
				scanner.postWithout(link, Map.of("do", "", "button", "", "List-Unsubscribe", "One-Click"));
			}
		}
		assertThat(rows()).isEqualTo(before);
		assertThat(state("a@example.net")).isEqualTo("ACTIVE");
		this.forms.change(this.newsletters.require("weekly"), new SignUpForm(true, "", Welcome.NONE));
	}

	private List<String> rows() {
		return TABLES.stream()
			.filter((table) -> !table.equals("notice"))
			.flatMap((table) -> this.jdbc.sql("SELECT * FROM " + table).query().listOfRows().stream())
			.map(Map::toString)
			.toList();
	}

}
