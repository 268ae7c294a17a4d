package dev.herald.web;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import dev.herald.web.PageRoutes.ShownPage;
import dev.herald.web.PageRoutes.Viewer;

/** Makes docs/pages.md with the pictures of all pages in it. */
final class PageIndex {

	static final String COMMAND = "mvn test -Dtest=EveryPageTests -Dpages.pictures=true";

	static final Path TEXT = Path.of("docs/pages.md");

	private static final Path PICTURES = Path.of("docs/images/pages");

	private static final int HIGHEST = 1400;

	/** Seen in the dark, and in Chinese, too. */
	private static final Set<String> MORE = Set.of("home", "issue-edit", "issue-report");

	private static final Map<Viewer, String> FOR_WHOM = Map.of(Viewer.EVERYBODY, "Everybody", Viewer.EDITOR, "Editors",
			Viewer.ADMIN, "Admins");

	/** A page that has no line here is shown all the same. */
	private static final Map<String, String> PURPOSES = Map.ofEntries(
			Map.entry("home", "What goes out next, how the last issues went, and whether anything needs somebody."),
			Map.entry("sign-in", "The way in, slower for who guesses."),
			Map.entry("archive", "An issue for everybody, once it has been sent."),
			Map.entry("archive-list", "The issues of a newsletter for everybody, by year, with a search and feeds."),
			Map.entry("join", "A reader signs up."),
			Map.entry("confirm", "The owner of an address confirms a sign-up."),
			Map.entry("newsletter-sign-up",
					"Whether readers sign up by themselves, what they agree to, and the form for other pages."),
			Map.entry("u", "A reader pauses or leaves, and can take it back."),
			Map.entry("u-preferences",
					"A reader chooses newsletters, a pause, language and zone, and asks for his data."),
			Map.entry("u-request", "What a reader asked for, to be confirmed by the link in a mail."),
			Map.entry("account", "One’s own language, time zone, password, second factor, tokens and sessions."),
			Map.entry("account-totp", "Sets up the second factor with an authenticator app."),
			Map.entry("newsletters-new", "Begins a newsletter: its key, name, sender and language."),
			Map.entry("newsletter", "The issues of a newsletter with their state; begins or imports one."),
			Map.entry("newsletter-settings",
					"What holds for all issues to come, with the look of their mails beside it."),
			Map.entry("newsletter-subscribers", "How many get the next issue; for admins, bringing them in and out."),
			Map.entry("newsletter-segments", "Parts of the readers by conditions, and how many are in each now."),
			Map.entry("newsletter-segments-one",
					"The conditions of a segment in rows, with the count that follows them; deletes it."),
			Map.entry("newsletter-new-segment", "Makes a segment, condition by condition."),
			Map.entry("issue",
					"An issue as its readers will see it, what the check found, a test, and the way to a send."),
			Map.entry("issue-edit",
					"Writes an issue: the text, what to mend beside its lines, and the mail as it will be."),
			Map.entry("issue-history", "The versions of an issue, its drafts, and what differs between two of them."),
			Map.entry("issue-send", "Who would get it and when, before anything is sent."),
			Map.entry("issue-sends-one", "How a send comes on, live, and how it ended."),
			Map.entry("accounts", "Who may sign in, and as what."),
			Map.entry("audit", "Who changed what, and when, before and after."),
			Map.entry("mailbox", "The mails of rehearsals, which no reader got."),
			Map.entry("mailbox-one", "A mail of a rehearsal as its reader would see it, and its source."),
			Map.entry("newsletter-subscribers-imports-one", "What a CSV file would change, before it does."),
			Map.entry("newsletter-reports", "Growth, engagement and deliverability from issue to issue."),
			Map.entry("issue-report",
					"What became of an issue: deliveries, bounces, opens and clicks, and how usual that is."),
			Map.entry("issue-deliveries",
					"The exact addresses in each state of the ledger, to search and to download."),
			Map.entry("issue-report-clicks", "How many followed each link, laid over the issue that was sent."),
			Map.entry("issue-report-left", "Who left by this issue, and by which way."),
			Map.entry("issue-report-bounced", "Whose mail came back, and what the report says."),
			Map.entry("deliveries-attention",
					"All deliveries that wait for a person: uncertain ones and rejected ones."),
			Map.entry("issue-deliveries-resend",
					"Sends again to those who certainly got nothing, after the exact list."),
			Map.entry("issue-deliveries-uncertain", "Decides what became of the uncertain ones, after the exact list."),
			Map.entry("suppressions", "The addresses that get nothing from here, and why; adds one."),
			Map.entry("suppressions-one", "The history of one address, and the way to lift its suppression."),
			Map.entry("review", "Waves of bounces and reports without proof, for a person to decide on."),
			Map.entry("review-waves-one", "The readers behind a wave of bounces."),
			Map.entry("calendar", "What is planned and what went out, by month."),
			Map.entry("issue-sends-one-approval", "What a second person looks at before a send is approved."),
			Map.entry("issue-sends-one-move", "Gives a planned send another time."),
			Map.entry("health", "What is wrong with the installation, in plain words, and what to do."),
			Map.entry("jobs", "What ran, when, and how it ended."),
			Map.entry("jobs-one", "The steps of one run, and why it failed."),
			Map.entry("mailboxes", "The mailboxes that bounces are read from, with a test of each."),
			Map.entry("relays", "Limits of relays and providers: what holds now, and where it comes from."),
			Map.entry("relays-limit", "Changes one limit while Herald runs."),
			Map.entry("subscribers", "Finds a person by address, over all newsletters."),
			Map.entry("subscribers-one-erase", "What an erasure means, before it is done."),
			Map.entry("subscribers-one", "All that is on record of a person: consent, mails, bounces, clicks."));

	/** Where this was built says nothing to others. */
	private static final String WITHOUT_ITS_FOLDER = """
			for (const cell of document.querySelectorAll('td')) {
				cell.innerHTML = cell.innerHTML.replaceAll(arguments[0], '/srv/herald');
			}
			""";

	private final PageLook look;

	private final List<Entry> entries = new ArrayList<>();

	PageIndex(PageLook look) {
		this.look = look;
	}

	private record Entry(ShownPage page, String title) {
	}

	static String heading(ShownPage page) {
		return "`" + page.route() + "`";
	}

	static Path picture(ShownPage page, String kind) {
		return PICTURES.resolve(page.name() + "-" + kind + ".png");
	}

	/** Without the pictures of pages that are no more. */
	void begin() throws IOException {
		Files.createDirectories(PICTURES);
		try (Stream<Path> old = Files.list(PICTURES)) {
			for (Path picture : old.toList()) {
				Files.delete(picture);
			}
		}
	}

	/** The page that is loaded now. */
	void add(ShownPage page) throws IOException {
		this.entries.add(new Entry(page, this.look.driver().getTitle().replace(" · Herald", "")));
		photograph(page, "desktop", 1280);
		photograph(page, "phone", 375);
		if (MORE.contains(page.name())) {
			this.look.scheme("dark");
			photograph(page, "dark", 1280);
			this.look.scheme("light");
			language("zh-CN");
			photograph(page, "chinese", 375);
			language("en");
		}
	}

	private void language(String tag) {
		this.look.language(tag);
		this.look.driver().navigate().refresh();
	}

	private void photograph(ShownPage page, String kind, int width) throws IOException {
		this.look.width(width);
		this.look.driver().executeScript(WITHOUT_ITS_FOLDER, Path.of("target/web-tests").toAbsolutePath().toString());
		long height = (Long) this.look.driver()
			.executeScript("window.scrollTo(0, 0); return document.documentElement.scrollHeight");
		byte[] png = this.look
			.photograph(Map.of("x", 0, "y", 0, "width", width, "height", Math.min(height, HIGHEST), "scale", 1));
		BufferedImage few = FewColours.of(ImageIO.read(new ByteArrayInputStream(png)));
		ImageIO.write(few, "png", picture(page, kind).toFile());
	}

	void end() throws IOException {
		StringBuilder text = new StringBuilder("""
				# The pages

				Every page of Herald on a desk and on a phone, at most %,d px of it, by who sees it. Made by
				`%s`
				from made-up readers; no need to write here by hand.
				""".formatted(HIGHEST, COMMAND));
		for (Viewer viewer : Viewer.values()) {
			text.append("\n## ").append(FOR_WHOM.get(viewer)).append('\n');
			this.entries.stream()
				.filter((entry) -> entry.page().viewer() == viewer)
				.sorted(Comparator.comparing((entry) -> entry.page().route()))
				.forEach((entry) -> append(text, entry));
		}
		Files.writeString(TEXT, text);
	}

	private static void append(StringBuilder text, Entry entry) {
		ShownPage page = entry.page();
		text.append("\n### ").append(heading(page)).append("\n\n");
		text.append(PURPOSES.getOrDefault(page.name(), entry.title() + ".")).append("\n\n");
		for (String kind : MORE.contains(page.name()) ? List.of("desktop", "phone", "dark", "chinese")
				: List.of("desktop", "phone")) {
			text.append("<img src=\"images/pages/%s\" width=\"%d\" alt=\"%s, %s\">\n".formatted(
					picture(page, kind).getFileName(), kind.equals("phone") || kind.equals("chinese") ? 190 : 640,
					page.name(), kind));
		}
	}

}
