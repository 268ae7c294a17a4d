package dev.herald.webhook;

import java.io.IOException;
import java.time.Clock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class AmazonSesTests {

	private static final SnsFetch NO_NETWORK = (address) -> {
		throw new IOException("no network here");
	};

	private final AmazonSes ses = ses(SnsKey.TOPIC);

	private static AmazonSes ses(String topics) {
		return new AmazonSes(new SnsMessages(Lines.settings("ses.topics", topics),
				new SnsCertificates(NO_NETWORK, Clock.systemUTC()), NO_NETWORK));
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '`',
			textBlock = """
					{"notificationType":"Bounce","bounce":{"bounceType":"Permanent","bounceSubType":"General","bouncedRecipients":[{"emailAddress":"jo@example.net","status":"5.1.1","action":"failed","diagnosticCode":"smtp, 550 5.1.1 user unknown"}]}}; BOUNCE HARD userunknown 5.1.1 failed jo@example.net | smtp, 550 5.1.1 user unknown
					{"eventType":"Bounce","bounce":{"bounceType":"Permanent","bounceSubType":"General","bouncedRecipients":[{"emailAddress":"jo@example.net","status":"5.7.1","diagnosticCode":"smtp, 554 5.7.1 message rejected as spam"}]}}; BOUNCE SOFT spam 5.7.1 failed jo@example.net | smtp, 554 5.7.1 message rejected as spam
					{"notificationType":"Bounce","bounce":{"bounceType":"Permanent","bounceSubType":"General","bouncedRecipients":[{"emailAddress":"jo@example.net"}]}}; BOUNCE SOFT undefined - failed jo@example.net | Amazon SES: Permanent, General
					{"notificationType":"Bounce","bounce":{"bounceType":"Permanent","bounceSubType":"NoEmail","bouncedRecipients":[{"emailAddress":"jo@example.net"}]}}; BOUNCE HARD userunknown - failed jo@example.net | Amazon SES: Permanent, NoEmail
					{"notificationType":"Bounce","bounce":{"bounceType":"Permanent","bounceSubType":"Suppressed","bouncedRecipients":[{"emailAddress":"jo@example.net","status":"5.1.1","diagnosticCode":"Amazon SES has suppressed sending to this address because it has a recent history of bouncing as an invalid address."}]}}; BOUNCE HARD userunknown 5.1.1 failed jo@example.net | Amazon SES has suppressed sending to this address because it has a recent history of bouncing as an invalid address.
					{"notificationType":"Bounce","bounce":{"bounceType":"Permanent","bounceSubType":"OnAccountSuppressionList","bouncedRecipients":[{"emailAddress":"jo@example.net","status":"5.1.1","diagnosticCode":"Amazon SES did not send the message to this address because it is on the suppression list for your account."}]}}; BOUNCE SOFT undefined - failed jo@example.net | Amazon SES: Permanent, OnAccountSuppressionList
					{"notificationType":"Bounce","bounce":{"bounceType":"Transient","bounceSubType":"MailboxFull","bouncedRecipients":[{"emailAddress":"jo@example.net"}]}}; BOUNCE SOFT mailboxfull - failed jo@example.net | Amazon SES: Transient, MailboxFull
					{"notificationType":"Bounce","bounce":{"bounceType":"Transient","bounceSubType":"MessageTooLarge","bouncedRecipients":[{"emailAddress":"jo@example.net"}]}}; BOUNCE SOFT toobig - failed jo@example.net | Amazon SES: Transient, MessageTooLarge
					{"notificationType":"Bounce","bounce":{"bounceType":"Transient","bounceSubType":"ContentRejected","bouncedRecipients":[{"emailAddress":"jo@example.net"}]}}; BOUNCE SOFT spam - failed jo@example.net | Amazon SES: Transient, ContentRejected
					{"notificationType":"Bounce","bounce":{"bounceType":"Transient","bounceSubType":"AttachmentRejected","bouncedRecipients":[{"emailAddress":"jo@example.net"}]}}; BOUNCE SOFT virus - failed jo@example.net | Amazon SES: Transient, AttachmentRejected
					{"notificationType":"Bounce","bounce":{"bounceType":"Undetermined","bounceSubType":"Undetermined","bouncedRecipients":[{"emailAddress":"jo@example.net"}]}}; BOUNCE SOFT undefined - failed jo@example.net | Amazon SES: Undetermined, Undetermined
					{"notificationType":"Bounce"}; BOUNCE SOFT undefined - failed - | Amazon SES: ,
					{"notificationType":"Bounce","bounce":{"bouncedRecipients":[]}}; BOUNCE SOFT undefined - failed - | Amazon SES: ,
					{"notificationType":"Bounce","bounce":{"bouncedRecipients":"jo@example.net"}}; BOUNCE SOFT undefined - failed - | Amazon SES: ,
					{"notificationType":"Complaint","complaint":{"complaintFeedbackType":"abuse","complainedRecipients":[{"emailAddress":"jo@example.net"}]}}; COMPLAINT NONE complaint - - jo@example.net | Amazon SES: complaint, abuse
					{"eventType":"Complaint","complaint":{"complainedRecipients":[{"emailAddress":"jo@example.net"}]}}; COMPLAINT NONE complaint - - jo@example.net | Amazon SES: complaint,
					{"notificationType":"Complaint","complaint":{"complaintFeedbackType":"not-spam","complainedRecipients":[{"emailAddress":"jo@example.net"}]}}; nothing
					{"notificationType":"Complaint","complaint":{"complaintSubType":"OnAccountSuppressionList","complainedRecipients":[{"emailAddress":"jo@example.net"}]}}; DEPARTURE
					{"notificationType":"Delivery","delivery":{"recipients":["jo@example.net"],"smtpResponse":"250 2.6.0 Message received"}}; DELIVERED NONE none 2.6.0 delivered jo@example.net | 250 2.6.0 Message received
					{"eventType":"DeliveryDelay","deliveryDelay":{"delayType":"MailboxFull","delayedRecipients":[{"emailAddress":"jo@example.net","status":"4.2.2","diagnosticCode":"smtp, 452 4.2.2 over quota"}]}}; DELAY NONE mailboxfull 4.2.2 delayed jo@example.net | smtp, 452 4.2.2 over quota
					{"eventType":"Reject","reject":{"reason":"Bad content"},"mail":{"destination":["jo@example.net"]}}; BOUNCE SOFT virus - failed jo@example.net | Amazon SES: rejected, Bad content
					{"eventType":"Subscription","subscription":{"newTopicPreferences":{"unsubscribeAll":true}}}; DEPARTURE
					{"eventType":"Subscription","subscription":{"newTopicPreferences":{"unsubscribeAll":false,"topicSubscriptionStatus":[{"topicName":"a","subscriptionStatus":"OptOut"}]}}}; DEPARTURE
					{"eventType":"Subscription","subscription":{"newTopicPreferences":{"unsubscribeAll":false}}}; nothing
					{"eventType":"Send"}; nothing
					{"eventType":"Open"}; nothing
					{"eventType":"Click"}; nothing
					{"eventType":"Rendering Failure"}; nothing
					{}; nothing
					""")
	void eventsSayWhatAReportWouldSay(String event, String line) {
		assertThat(Lines.read(this.ses, event)).isEqualTo(line);
	}

	@Test
	void aMailIsNamedByItsEnvelopeSenderOrItsOwnMessageId() {
		assertThat(Lines.traces(this.ses, """
				{"notificationType":"Bounce","mail":{"source":"bounce+x@example.org","messageId":"0000-amazon",
				 "headers":[{"name":"From","value":"Ann"},{"name":"message-id","value":"<abc@example.org>"},7],
				 "commonHeaders":{"messageId":"<abc@example.org>"}}}
				""")).containsExactly("bounce+x@example.org", "<abc@example.org>", "<abc@example.org>");
		assertThat(Lines.traces(this.ses, "{\"notificationType\":\"Bounce\",\"mail\":[1]}")).containsExactly("", "");
	}

	@Test
	void isOffWithoutATopic() {
		assertThat(this.ses.configured()).isTrue();
		assertThat(ses("").configured()).isFalse();
	}

}
