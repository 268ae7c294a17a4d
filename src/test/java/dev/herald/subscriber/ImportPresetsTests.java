package dev.herald.subscriber;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

import dev.herald.address.Mailbox;
import dev.herald.newsletter.Newsletter;
import dev.herald.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Lists as other programs export them; people stay what they were there. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class ImportPresetsTests {

	private static final Newsletter WEEKLY = new Newsletter(1, "weekly", "Weekly", Mailbox.parse("jo@example.org"),
			null, Locale.ENGLISH, null, "");

	private final TestDatabase.Opened database;

	private final SubscriberImport imports;

	private final Subscriptions subscriptions;

	@TempDir
	private Path folder;

	ImportPresetsTests(TestDatabase database) {
		this.database = database.open();
		Clock clock = Clock.fixed(Instant.parse("2026-03-29T01:30:00Z"), ZoneOffset.UTC);
		this.imports = TestImports.on(this.database, clock);
		this.subscriptions = new Subscriptions(this.database.jdbc(), this.database.transactionManager(), clock);
		this.database.jdbc().sql("""
				INSERT INTO newsletter (id, name_key, name, sender_name, sender_address, language, created_at)
				VALUES (1, 'weekly', 'N', '', 'jo@example.org', 'en', '2026-01-01 00:00:00')
				""").update();
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void listmonk() throws IOException {
		assertThat(run("subscribers.csv",
				"""
						uuid,email,name,attributes,status,created_at,updated_at
						7f1c,ann@example.org,Ann,"{""city"": ""Rome"", ""tags"": [""a""]}",enabled,2024-03-01 10:00:00.5 +0000 UTC,2025-01-01 00:00:00 +0000 UTC
						7f1d,bob@example.org,Bob,{},blocklisted,2024-03-02 10:00:00 +0100 CET,2025-01-01 00:00:00 +0000 UTC
						7f1e,cyd@example.org,Cyd,,disabled,2024-03-03 10:00:00 +0000 UTC,2025-01-01 00:00:00 +0000 UTC
						"""))
			.isEqualTo("listmonk");
		assertThat(people()).containsExactly(
				"ann@example.org|Ann|ACTIVE|2024-03-01 10:00:00.5|{city=Rome, tags=[\"a\"]}",
				"bob@example.org|Bob|UNSUBSCRIBED|2026-03-29 01:30:00.0|{}|ADMIN: listmonk: status blocklisted",
				"cyd@example.org|Cyd|ACTIVE|2024-03-03 10:00:00.0|{}|ADMIN: listmonk: status disabled");
	}

	@Test
	void mailchimp() throws IOException {
		String end = "MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LATITUDE,LONGITUDE,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,";
		String ann = ",Ann,Lee,\"1 Kettle St, Rome\",2,2024-03-01 10:00:00,192.0.2.1,2024-03-01 10:05:00,192.0.2.1,,,,,Europe/Rome,it,62,";
		String head = "Email Address,First Name,Last Name,Address," + end;
		assertThat(run("subscribed_email_audience_export_1.csv",
				head + "LAST_CHANGED,LEID,EUID,NOTES,TAGS\nann@example.org" + ann
						+ "2025-01-01 00:00:00,1,a,,\"\"\"vip\"\"\"\n"))
			.isEqualTo("Mailchimp");
		run("unsubscribed_email_audience_export_1.csv", head
				+ "UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_CAMPAIGN_ID,UNSUB_REASON,UNSUB_REASON_OTHER,LEID,EUID,NOTES,TAGS\n"
				+ "bob@example.org" + ann + "2025-02-01 08:00:00,May,1,NO_LONGER,,2,b,,\n");
		run("cleaned_email_audience_export_1.csv",
				head + "CLEAN_TIME,CLEAN_CAMPAIGN_TITLE,CLEAN_CAMPAIGN_ID,LEID,EUID,NOTES,TAGS\ncyd@example.org" + ann
						+ "2025-02-02 08:00:00,June,1,3,c,,\n");
		run("nonsubscribed_email_audience_export_1.csv",
				head + "LAST_CHANGED,LEID,EUID,NOTES,TAGS\ndan@example.org" + ann + "2025-01-01 00:00:00,4,d,,\n");
		assertThat(people()).containsExactly(
				"ann@example.org|Ann Lee|ACTIVE|2024-03-01 10:00:00.0|{Address=1 Kettle St, Rome, CC=it, REGION=62, TAGS=\"vip\"}",
				"bob@example.org|Ann Lee|UNSUBSCRIBED|2025-02-01 08:00:00.0|{Address=1 Kettle St, Rome, CC=it, REGION=62, UNSUB_REASON=NO_LONGER}",
				"cyd@example.org|Ann Lee|ACTIVE|2024-03-01 10:00:00.0|{Address=1 Kettle St, Rome, CC=it, REGION=62}|HARD_BOUNCE: Mailchimp: CLEAN_TIME 2025-02-02 08:00:00, June",
				"dan@example.org|Ann Lee|PENDING|2024-03-01 10:00:00.0|{Address=1 Kettle St, Rome, CC=it, REGION=62}");
		assertThat(this.database.jdbc().sql("SELECT DISTINCT zone FROM subscriber").query(String.class).list())
			.containsExactly("Europe/Rome");
	}

	@Test
	void ghost() throws IOException {
		assertThat(run("members.csv",
				"""
						id,email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at,deleted_at,labels,tiers
						1,ann@example.org,Ann,"met in
						Rome",true,false,,2024-03-01T10:00:00.000Z,,"vip, old",
						2,bob@example.org,,,false,true,cus_1,2024-03-02T10:00:00.000Z,,,
						3,cyd@example.org,,,true,false,,2024-03-02T10:00:00.000Z,2024-05-02T10:00:00.000Z,,
						"""))
			.isEqualTo("Ghost");
		assertThat(people()).containsExactly(
				"ann@example.org|Ann|ACTIVE|2024-03-01 10:00:00.0|{complimentary_plan=false, labels=vip, old, note=met in\nRome}",
				"bob@example.org||UNSUBSCRIBED|2026-03-29 01:30:00.0|{complimentary_plan=true, stripe_customer_id=cus_1}",
				"cyd@example.org||UNSUBSCRIBED|2024-05-02 10:00:00.0|{complimentary_plan=false}");
	}

	@Test
	void substack() throws IOException {
		assertThat(run("email_list.weekly.csv", """
				email,active_subscription,expiry,plan,email_disabled,created_at,first_payment_at
				ann@example.org,true,2027-01-01,yearly,false,2024-03-01T10:00:00.000Z,
				bob@example.org,false,,other,true,2024-03-02T10:00:00.000Z,
				""")).isEqualTo("Substack");
		assertThat(people()).containsExactly(
				"ann@example.org||ACTIVE|2024-03-01 10:00:00.0|{active_subscription=true, expiry=2027-01-01, plan=yearly}",
				"bob@example.org||UNSUBSCRIBED|2026-03-29 01:30:00.0|{active_subscription=false, plan=other}");
	}

	@Test
	void phpList() throws IOException {
		String csv = """
				id,Email,Is this subscriber confirmed,Is this subscriber blacklisted,Did this subscriber manually confirm,Number of bounces,Entered,Last Modified,Is this account disabled?,City,List Membership
				1,ann@example.org,1,0,1,0,2024-03-01 10:00:00,2025-01-01 00:00:00,0,Rome,news
				2,bob@example.org,0,0,0,0,2024-03-02 10:00:00,2025-01-01 00:00:00,0,,news
				3,cyd@example.org,1,1,1,3,2024-03-03 10:00:00,2025-01-01 00:00:00,0,,No Lists
				4,dan@example.org,1,0,1,0,0000-00-00 00:00:00,2025-01-01 00:00:00,1,,news
				""";
		assertThat(run("phpList Export.csv", csv.replace(',', '\t'))).isEqualTo("phpList");
		String rest = ", Number of bounces=0}";
		assertThat(people()).containsExactly(
				"ann@example.org||ACTIVE|2024-03-01 10:00:00.0|{City=Rome, Did this subscriber manually confirm=1, List Membership=news"
						+ rest,
				"bob@example.org||PENDING|2024-03-02 10:00:00.0|{Did this subscriber manually confirm=0, List Membership=news"
						+ rest,
				"cyd@example.org||UNSUBSCRIBED|2026-03-29 01:30:00.0|{Did this subscriber manually confirm=1, List Membership=No Lists, Number of bounces=3}|ADMIN: phpList: Is this subscriber blacklisted 1",
				"dan@example.org||UNSUBSCRIBED|2026-03-29 01:30:00.0|{Did this subscriber manually confirm=1, List Membership=news"
						+ rest);
	}

	@Test
	void nobodyWhoHasUnsubscribedHereIsSubscribedAgainByAnyState() throws IOException {
		run("list.csv", "email\nann@example.org\n");
		this.subscriptions.unsubscribe(1, 1, ConsentSource.ONE_CLICK, null);
		for (String state : List.of("active", "pending", "confirmed", "unsubscribed", "bounced")) {
			run("again.csv", "email,state,since\nann@example.org," + state + ",2030-01-01\n");
		}
		assertThat(people()).singleElement().asString().startsWith("ann@example.org||UNSUBSCRIBED|2026-03-29");
		assertThat(this.database.jdbc()
			.sql("SELECT CONCAT(state, ' ', source) FROM consent ORDER BY id")
			.query(String.class)
			.list()).containsExactly("ACTIVE IMPORT", "UNSUBSCRIBED ONE_CLICK");
	}

	@Test
	void whoHasLeftElsewhereLeavesHereUnlessTheyCameBackSince() throws IOException {
		run("list.csv",
				"email,since\nann@example.org,2025-06-01\nbob@example.org,2025-06-01\ncyd@example.org,2025-06-01\n");
		run("left.csv",
				"email,unsubscribed_at\nann@example.org,2025-07-01\nbob@example.org,2025-05-01\ncyd@example.org,long ago\n");
		assertThat(people()).containsExactly("ann@example.org||UNSUBSCRIBED|2025-07-01 00:00:00.0|{}",
				"bob@example.org||ACTIVE|2025-06-01 00:00:00.0|{}",
				"cyd@example.org||UNSUBSCRIBED|2026-03-29 01:30:00.0|{}");
		assertThat(this.database.jdbc()
			.sql("SELECT CONCAT(state, ' ', was_state) FROM consent WHERE was_state IS NOT NULL")
			.query(String.class)
			.list()).containsExactly("UNSUBSCRIBED ACTIVE", "UNSUBSCRIBED ACTIVE");
		assertThat(this.database.jdbc()
			.sql("SELECT CONCAT(joined, ' ', departed) FROM subscription_day")
			.query(String.class)
			.list()).containsExactly("3 2");
	}

	@Test
	void whoHasLeftTheOtherProgramSinceTheLastImportLeavesHere() throws IOException {
		String listmonk = """
				uuid,email,name,attributes,status,created_at,updated_at
				7f1c,ann@example.org,Ann,{},enabled,2024-03-01 10:00:00 +0000 UTC,2025-01-01 00:00:00 +0000 UTC
				""";
		run("subscribers.csv", listmonk);
		run("subscribers.csv", listmonk, Everyone.UNSUBSCRIBED);
		String ghost = """
				id,email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at,deleted_at,labels,tiers,gift_id
				1,bob@example.org,Bob,,true,false,,2024-03-01T10:00:00.000Z,,,,
				""";
		run("members.csv", ghost);
		run("members.csv", ghost.replace(",,true,", ",,false,"));
		String substack = """
				email,active_subscription,expiry,plan,email_disabled,created_at,first_payment_at
				cyd@example.org,false,,other,false,2024-03-02T10:00:00.000Z,
				""";
		run("email_list.weekly.csv", substack);
		run("email_list.weekly.csv", substack.replace("other,false", "other,true"));
		String phpList = """
				id,Email,Is this subscriber confirmed,Is this subscriber blacklisted,Number of bounces,Entered,Last Modified,Is this account disabled?
				4,dan@example.org,1,0,0,2024-03-03 10:00:00,2025-01-01 00:00:00,0
				""";
		run("phpList Export.csv", phpList);
		run("phpList Export.csv", phpList.replace("00:00:00,0", "00:00:00,1"));
		assertThat(people()).extracting((line) -> line.split("\\|", -1)[0] + " " + line.split("\\|", -1)[2])
			.containsExactly("ann@example.org UNSUBSCRIBED", "bob@example.org UNSUBSCRIBED",
					"cyd@example.org UNSUBSCRIBED", "dan@example.org UNSUBSCRIBED");
		assertThat(
				this.database.jdbc().sql("SELECT DISTINCT changed_at FROM subscription").query(Timestamp.class).list())
			.as("when they left is not when they came")
			.extracting(Timestamp::toString)
			.containsExactly("2026-03-29 01:30:00.0");
	}

	@Test
	void aPersonWhoStandsTwiceHasLeftIfAnyRowSaysSo() throws IOException {
		run("list.csv", "email,state\nann@example.org,active\nbob@example.org,active\nANN@example.org,unsubscribed\n");
		assertThat(people()).extracting((line) -> line.split("\\|", -1)[2]).containsExactly("UNSUBSCRIBED", "ACTIVE");
	}

	@Test
	void attributesAreTakenOverAndOthersStay() throws IOException {
		run("list.csv", "email,city,team\nann@example.org,Rome,Red\n");
		run("later.csv", "email,city,tea\nann@example.org,Oslo,\n");
		assertThat(people()).containsExactly("ann@example.org||ACTIVE|2026-03-29 01:30:00.0|{city=Oslo, team=Red}");
	}

	@Test
	void besideAnAttributeStandsWhatSegmentsCompare() throws IOException {
		run("list.csv", "email,city,orders\nann@example.org,Rome,7\n");
		run("later.csv", "email,city,orders\nann@example.org,OSLO,-2.5\nbob@example.org,,many\n");
		assertThat(this.database.jdbc()
			.sql("SELECT folded, number FROM subscriber_attribute ORDER BY name, subscriber_id")
			.query((row, number) -> row.getString("folded") + " " + row.getBigDecimal("number"))
			.list()).containsExactly("oslo null", "-2.5 -2.500000", "many null");
	}

	/**
	 * @return whose export it was taken for
	 */
	private String run(String name, String content) throws IOException {
		return run(name, content, null);
	}

	private String run(String name, String content, @Nullable Everyone everyone) throws IOException {
		Path list = Files.writeString(this.folder.resolve(name), content);
		ListLook look = this.imports.look(list, name, null, null, null);
		ImportPlan plan = this.imports.plan(list, WEEKLY, this.folder.resolve("rejects.csv"), look, look.mapping(),
				(everyone != null) ? everyone : look.everyone());
		ImportResult dry = this.imports.check(plan, new ImportProgress()).orElseThrow();
		ImportResult result = this.imports.run(plan, new ImportProgress()).orElseThrow();
		assertThat(result).as("as the dry run said").isEqualTo(dry);
		assertThat(result.firstRejections()).isEmpty();
		return look.preset().title();
	}

	private List<String> people() {
		return this.database.jdbc()
			.sql("""
					SELECT s.id, s.address, s.name, p.state, p.changed_at, x.reason, x.evidence FROM subscriber s
					JOIN subscription p ON p.subscriber_id = s.id
					LEFT JOIN suppression x ON x.match_key = s.match_key ORDER BY s.id
					""")
			.query((row, n) -> "%s|%s|%s|%s|%s%s".formatted(row.getString("address"), row.getString("name"),
					row.getString("state"), row.getTimestamp("changed_at"), attributes(row.getInt("id")),
					(row.getString("reason") == null) ? ""
							: "|" + row.getString("reason") + ": " + row.getString("evidence")))
			.list();
	}

	private String attributes(int subscriber) {
		return this.database.jdbc()
			.sql("SELECT CONCAT(name, '=', text) FROM subscriber_attribute WHERE subscriber_id = ? ORDER BY name")
			.param(subscriber)
			.query(String.class)
			.list()
			.toString()
			.replaceFirst("(?s)^\\[(.*)]$", "{$1}");
	}

}
