package dev.herald.web;

import java.util.Map;

import dev.herald.issue.Versions;
import dev.herald.newsletter.Newsletter;
import dev.herald.segment.Segment;
import dev.herald.segment.Segments;
import dev.herald.segment.Tree;
import dev.herald.segment.TreeJson;
import dev.herald.web.Browser.Page;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is asked for is what goes out: a second person looks at it first, and a segment
 * that changes meanwhile changes nothing unseen.
 */
@WebTest
class ApprovalPagesTests extends PlanTest {

	@Autowired
	private Versions versions;

	@Autowired
	private Segments segments;

	@Test
	void aSecondPersonLooksAtWhatTheFirstAskedForAndApprovesIt() {
		Browser admin = signedIn("ada@example.org");
		Map<String, String> settings = Map.of("name", "Weekly", "from", "Weekly <weekly@example.org>", "language", "en",
				"postalAddress", "1 Kettle Street", "approval", "true");
		this.ann.post("/newsletters/weekly/settings", settings);
		assertThat(this.newsletters.require("weekly").approval()).as("an EDITOR can't change it").isFalse();
		admin.post("/newsletters/weekly/settings", settings);
		assertThat(this.newsletters.require("weekly").approval()).isTrue();

		assertThat(this.ann.get(ISSUE + "/send?when=now").words()).contains("asks for a second person");
		String watch = planned(inDays(2));
		assertThat(this.ann.get(watch).words()).contains("It waits for the approval of a second person");
		assertThat(this.ann.get(watch + "/approval").words()).contains("somebody else has to approve it");
		assertThat(this.ann.post(watch + "/approve", Map.of("seen", seen(watch))).status()).isEqualTo(409);
		assertThat(this.ann.post(watch + "/continue", Map.of()).status()).isEqualTo(409);
		this.versions.save(this.issue, this.issue.versionId(), "# First\n\nNewer, [here](https://example.org/a).\n",
				"ann@example.org", null);

		assertThat(this.bob.get("/").words()).contains("It waits for the approval of a second person");
		Page approval = this.bob.get(watch + "/approval");
		assertThat(approval.words()).contains("Asked for by ann@example.org", "4 readers would get it",
				"What is approved: version 1", "Version 2 was saved since");
		Page frame = this.bob.get(approval.html().select("iframe").attr("src"));
		assertThat(frame.header("Content-Security-Policy")).startsWith("sandbox");
		assertThat(frame.body()).contains("Hello").doesNotContain("Newer");
		this.jdbc.sql("UPDATE send SET due_at = created_at").update();
		Page approved = this.bob.follow(this.bob.post(watch + "/approve", Map.of("seen", seen(watch))));
		assertThat(approved.words()).contains("The send is approved", "approved by bob@example.org", "scheduled",
				"You can still undo it: nothing has left.", "in 4");
		assertThat(approved.html().select("form.acts button").eachText()).containsExactly("Undo");
		assertThat(this.bob.follow(this.bob.post(watch + "/approve", Map.of("seen", seen(watch)))).words())
			.contains("does not wait for an approval any more");
		this.jdbc.sql("UPDATE issue SET current_version = ?").param(this.issue.versionId()).update();
	}

	@Test
	void anApprovalIsOfTheConditionsThatWereAskedForWith() {
		Segment shanghai = segment("In Shanghai", "Shanghai");
		this.jdbc.sql("UPDATE newsletter SET approval = 1").update();
		String asked = "&segment=" + shanghai.key() + "&time=09:00&zone=UTC&date=";
		Page confirm = this.ann.get(ISSUE + "/send?when=at" + asked + inDays(2));
		assertThat(confirm.words()).contains("asks for a second person", "Send to 2 readers",
				"That is: city is “Shanghai”.");
		String watch = this.ann.post(ISSUE + "/sends", fields(confirm)).location();
		this.segments.change(weekly(), shanghai.key(), "In Shanghai", city("Kolkata"));
		Page approval = this.bob.get(watch + "/approval");
		assertThat(approval.words()).contains("2 readers would get it", "That is: city is “Shanghai”.")
			.doesNotContain("Kolkata");
		this.bob.post(watch + "/approve", Map.of("seen", seen(watch)));
		assertThat(this.bob.get(watch).words()).contains("approved by bob@example.org");
		this.ann.post(watch + "/cancel", Map.of());

		assertThat(this.ann.get(ISSUE + "/send?when=at" + asked + inDays(2)).words())
			.as("other conditions under the same name")
			.contains("asks for a second person");
		assertThat(this.ann.get(ISSUE + "/send?when=now").words()).as("everybody").contains("asks for a second person");
		this.segments.change(weekly(), shanghai.key(), "In Shanghai", city("Shanghai"));
		assertThat(this.ann.get(ISSUE + "/send?when=at" + asked + inDays(2)).words()).as("what was approved")
			.doesNotContain("asks for a second person");
	}

	@Test
	void aSegmentThatChangedBetweenTheTwoStepsIsLookedAtAnew() {
		Segment segment = segment("Moving", "Shanghai");
		Page confirm = this.ann.get(ISSUE + "/send?when=now&segment=" + segment.key());
		this.segments.change(weekly(), segment.key(), "Moving", city("Kolkata"));
		Page refused = this.ann.post(ISSUE + "/sends", fields(confirm));
		assertThat(refused.status()).isEqualTo(409);
		assertThat(refused.words()).contains("“Moving”");
		Map<String, String> without = fields(this.ann.get(ISSUE + "/send?when=now&segment=" + segment.key()));
		without.remove("tree");
		assertThat(this.ann.post(ISSUE + "/sends", without).status()).isEqualTo(409);
		assertThat(this.jdbc.sql("SELECT COUNT(*) FROM send").query(Integer.class).single()).isZero();
		Page unknown = this.ann.get(ISSUE + "/send?when=now&segment=none-such");
		assertThat(unknown.status()).isEqualTo(400);
		assertThat(unknown.words()).contains("none-such");
	}

	@Test
	void readersOfASegmentGetItByTheirOwnClocks() {
		Segment asia = this.segments.create(weekly(), "asia", "Asia", TreeJson.read("""
				{"any":[{"field":"attribute","name":"city","test":"is","value":"Kolkata"},
				{"all":[{"field":"attribute","name":"city","test":"is","value":"Shanghai"},
				{"none":[{"field":"attribute","name":"desk","test":"is","value":"2"}]}]}]}"""));
		String query = "when=at&date=" + inDays(3) + "&time=08:00&zone=UTC&local=yes&segment=" + asia.key();
		assertThat(this.ann.get(ISSUE + "/send/when?" + query).html().select("tbody tr").eachText()).satisfiesExactly(
				(first) -> assertThat(first).contains("00:00 UTC", " 1 Asia/Shanghai"),
				(second) -> assertThat(second).contains("02:30 UTC", " 1 Asia/Kolkata"));
		Page confirm = this.ann.get(ISSUE + "/send?" + query);
		assertThat(confirm.words()).contains("Send to 2 readers at 08:00 by their own clocks",
				"2 are not in the segment");
		String watch = this.ann.post(ISSUE + "/sends", fields(confirm)).location();
		assertThat(this.jdbc.sql("SELECT due_at FROM send").query(String.class).single())
			.startsWith(inDays(3) + " 00:00");
		this.jdbc.sql("UPDATE subscriber_attribute SET text = 'Berlin', folded = 'berlin' WHERE text = 'Shanghai'")
			.update();
		this.ann.post(watch + "/move", Map.of("date", inDays(4), "time", "08:00", "zone", "UTC", "local", "yes"));
		assertThat(this.jdbc.sql("SELECT due_at FROM send").query(String.class).single())
			.as("of the first who is in it now")
			.startsWith(inDays(4) + " 02:30");
		this.jdbc.sql("UPDATE subscriber_attribute SET text = 'Shanghai', folded = 'shanghai' WHERE text = 'Berlin'")
			.update();
	}

	private String seen(String watch) {
		return this.bob.get(watch + "/approval").html().select("input[name=seen]").attr("value");
	}

	private Segment segment(String name, String city) {
		return this.segments.create(weekly(), this.segments.freeKey(weekly(), name), name, city(city));
	}

	private static Tree city(String city) {
		return TreeJson.read("""
				{"all":[{"field":"attribute","name":"city","test":"is","value":"%s"}]}""".formatted(city));
	}

	private Newsletter weekly() {
		return this.newsletters.require("weekly");
	}

}
