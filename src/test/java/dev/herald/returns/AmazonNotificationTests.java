package dev.herald.returns;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Amazon's events mean the same by mail as by HTTP. */
class AmazonNotificationTests {

	private static String read(String event) {
		Report report = ReportParser.parse("""
				From: AWS Notifications <no-reply@sns.amazonaws.com>
				Subject: AWS Notification Message

				%s

				--
				If you wish to stop receiving notifications from this topic, visit
				https://sns.us-west-2.amazonaws.com/unsubscribe.html?SubscriptionArn=arn:aws:sns:1
				""".formatted(event).getBytes(StandardCharsets.UTF_8));
		StringBuilder words = new StringBuilder(report.kind().name());
		report.recipients()
			.forEach((one) -> words.append(' ')
				.append(one.address())
				.append(' ')
				.append(one.bounceClass())
				.append(' ')
				.append(one.reason()));
		return words.toString();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Permanent | General                  | 5.1.1 | 550 5.1.1 user unknown | HARD userunknown
			Permanent | OnAccountSuppressionList | 5.1.1 | Amazon SES did not send the message | SOFT undefined
			Permanent | Suppressed               |       |                        | HARD userunknown
			Transient | MailboxFull              |       |                        | SOFT mailboxfull
			Transient | General                  | 5.7.1 | 550 5.7.1 spam content | SOFT spam
			""")
	void aBounceIsReadByTheReplyThenByAmazonsWords(String type, String subType, String status, String reply,
			String expected) {
		String event = """
				{"notificationType":"Bounce","bounce":{"bounceType":"%s","bounceSubType":"%s","bouncedRecipients":[
				{"emailAddress":"jo@example.net","action":"failed","status":"%s","diagnosticCode":"%s"}]},
				"mail":{"source":"x@example.org","destination":["jo@example.net"]}}
				""".formatted(type, subType, (status != null) ? status : "", (reply != null) ? reply : "");
		assertThat(read(event)).isEqualTo("BOUNCE jo@example.net " + expected);
	}

	@Test
	void theOtherKindsAreWhatTheySay() {
		assertThat(read("""
				{"eventType":"Complaint","complaint":{"complaintFeedbackType":"abuse",
				"complainedRecipients":[{"emailAddress":"jo@example.net"}]}}
				""")).isEqualTo("COMPLAINT jo@example.net NONE complaint");
		assertThat(read("""
				{"notificationType":"Delivery","delivery":{"recipients":["jo@example.net"],
				"smtpResponse":"250 2.6.0 Message received"}}
				""")).isEqualTo("DELIVERED jo@example.net NONE none");
		assertThat(read("""
				{"eventType":"DeliveryDelay","deliveryDelay":{"delayType":"MailboxFull",
				"delayedRecipients":[{"emailAddress":"jo@example.net","status":"4.2.2","diagnosticCode":"452 full"}]}}
				""")).startsWith("DELAY jo@example.net");
	}

	@Test
	void whatIsNoReadersWishAndWhatIsNoDeliveryIsForPeople() {
		assertThat(read("""
				{"eventType":"Complaint","complaint":{"complaintFeedbackType":"not-spam",
				"complainedRecipients":[{"emailAddress":"jo@example.net"}]}}
				""")).isEqualTo("OTHER");
		assertThat(read("""
				{"eventType":"Click","click":{"link":"https://example.org/"}}
				""")).isEqualTo("OTHER");
	}

	@Test
	void whatIsCutOffOrNestsDeepDoesNoHarm() {
		assertThat(
				read("{\"notificationType\":\"Bounce\",\"bounce\":{\"bouncedRecipients\":[{\"emailAddress\":\"jo@exa"))
			.isEqualTo("OTHER");
		assertThat(read("{\"notificationType\":\"Bounce\",\"bounce\":" + "{\"a\":".repeat(10_000))).isEqualTo("OTHER");
		assertThat(read("{\"notificationType\":\"Bounce\",\"bounce\":[1],\"mail\":7}")).startsWith("BOUNCE");
	}

}
