package dev.herald.cli;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

class NewsletterCommandTests extends CommandTest {

	@Test
	void theLookOfANewsletterIsSetValueByValueAndTakenBack() {
		run("newsletter", "create", "ai", "--name", "AI", "--from", "eds@example.org", "--accent", "7a2e1d",
				"--no-archive");
		Result set = run("newsletter", "set", "ai", "--font", "Avenir Next, serif", "--logo",
				"https://example.org/l.png", "--logo-size", "120x40", "--dark-paper", "#000", "--width", "640",
				"--contents");
		assertThat(set).isEqualTo(new Result(0, "Changed newsletter ai.\n", ""));
		assertThat(line("name", "accent", "dark_paper", "font", "logo_url", "logo_width", "logo_height", "column_width",
				"contents", "archived"))
			.isEqualTo("AI #7a2e1d #000000 Avenir Next, serif https://example.org/l.png 120 40 640 1 0");
		run("newsletter", "set", "ai", "--logo-size", "60x20", "--no-contents", "--archive", "--name", "AI 周报");
		assertThat(line("name", "accent", "dark_paper", "font", "logo_url", "logo_width", "logo_height", "column_width",
				"contents", "archived"))
			.isEqualTo("AI 周报 #7a2e1d #000000 Avenir Next, serif https://example.org/l.png 60 20 640 0 1");
		run("newsletter", "set", "ai", "--accent", "default", "--dark-paper", "default", "--font", "default", "--logo",
				"default", "--width", "default");
		assertThat(line("name", "accent", "dark_paper", "font", "logo_url", "logo_width", "logo_height", "column_width",
				"contents", "archived"))
			.isEqualTo("AI 周报 #0a58ca #16181b sans null null null 600 0 1");
	}

	@Test
	void aSettingThatIsNotNamedStaysAndOneCanBeTakenBack() {
		run("newsletter", "create", "ai", "--name", "AI", "--from", "eds@example.org", "--language", "zh-CN",
				"--reply-to", "jo@example.org", "--base-url", "https://example.org/", "--postal-address", "1 Main St");
		run("newsletter", "set", "ai", "--from", "Eds <eds@example.org>");
		assertThat(line("sender_name", "language", "reply_to", "base_url", "postal_address"))
			.isEqualTo("Eds zh-CN jo@example.org https://example.org/ 1 Main St");
		run("newsletter", "set", "ai", "--language", "default", "--reply-to", "default", "--base-url", "default",
				"--postal-address", "default");
		assertThat(line("sender_name", "language", "reply_to", "base_url", "postal_address"))
			.isEqualTo("Eds en null null ");
	}

	@Test
	void trackingAndTheDelayOfTheArchiveAreOptions() {
		run("newsletter", "create", "ai", "--name", "AI", "--from", "eds@example.org");
		assertThat(line("tracking", "archive_delay_hours")).isEqualTo("NONE 0");
		run("newsletter", "set", "ai", "--tracking", "persons", "--archive-delay", "7d");
		assertThat(line("tracking", "archive_delay_hours")).isEqualTo("PERSONS 168");
		run("newsletter", "set", "ai", "--tracking", "default", "--archive-delay", "default");
		assertThat(line("tracking", "archive_delay_hours")).isEqualTo("NONE 0");
		assertThat(run("newsletter", "set", "ai", "--tracking", "all").err()).contains("none, totals, persons");
	}

	@Test
	void aChangeOfNothingIsSaid() {
		run("newsletter", "create", "ai", "--name", "AI", "--from", "eds@example.org");
		Result nothing = run("newsletter", "set", "ai", "--accent", "#0a58ca");
		assertThat(nothing.exitCode()).isEqualTo(2);
		assertThat(nothing.err().strip())
			.isEqualTo("That changes nothing of newsletter ai. See: herald newsletter set --help");
		assertThat(run("newsletter", "set", "bi", "--name", "B").err()).contains("There are: ai.");
	}

	@Test
	void signingUpIsOpenedAndSaidWhatItIs() {
		run("newsletter", "create", "ai", "--name", "AI", "--from", "eds@example.org");
		assertThat(run("newsletter", "sign-up", "ai").out()).isEqualTo("Newsletter ai takes no sign-ups.\n");
		assertThat(run("newsletter", "sign-up", "ai", "--open", "--welcome", "issue").out()).contains("/join/ai\n",
				"They agree to: I want to get AI by email at this address.", "Welcome: issue\n");
		assertThat(run("newsletter", "sign-up", "ai", "--agreement", "Send it.").out())
			.contains("They agree to: Send it.", "Welcome: issue\n");
		assertThat(run("newsletter", "sign-up", "ai", "--no-open", "--agreement", "default").out())
			.isEqualTo("Newsletter ai takes no sign-ups.\n");
		assertThat(run("newsletter", "sign-up", "ai", "--open").out()).contains("I want to get AI");
	}

	private String line(String... columns) {
		Map<String, Object> row = JdbcClient.create(new DriverManagerDataSource(url(), "sa", ""))
			.sql("SELECT * FROM newsletter")
			.query()
			.singleRow();
		return Arrays.stream(columns).map((column) -> String.valueOf(row.get(column))).collect(Collectors.joining(" "));
	}

}
