package dev.herald.webhook;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PostmarkTests {

	private final Postmark postmark = new Postmark(Lines.settings("postmark.password", "open sesame"));

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '`',
			textBlock = """
					{"RecordType":"Bounce","Type":"HardBounce","TypeCode":1,"Email":"jo@example.net","Details":"smtp,550 5.1.1 The email account that you tried to reach does not exist."}; BOUNCE HARD userunknown 5.1.1 failed jo@example.net | smtp,550 5.1.1 The email account that you tried to reach does not exist.
					{"RecordType":"Bounce","Type":"HardBounce","TypeCode":1,"Email":"jo@example.net"}; BOUNCE HARD userunknown - failed jo@example.net | Postmark: HardBounce
					{"RecordType":"Bounce","Type":"HardBounce","TypeCode":1,"Email":"jo@example.net","Details":"550 5.7.1 listed at zen.spamhaus.org, blocked"}; BOUNCE SOFT blocked 5.7.1 failed jo@example.net | 550 5.7.1 listed at zen.spamhaus.org, blocked
					{"RecordType":"Bounce","Type":"SoftBounce","TypeCode":4096,"Email":"jo@example.net","Details":"552 5.2.2 mailbox full"}; BOUNCE SOFT mailboxfull 5.2.2 failed jo@example.net | 552 5.2.2 mailbox full
					{"RecordType":"Bounce","Type":"SoftBounce","Email":"jo@example.net"}; BOUNCE SOFT undefined - failed jo@example.net | Postmark: SoftBounce
					{"RecordType":"Bounce","Type":"Blocked","TypeCode":100006,"Email":"jo@example.net"}; BOUNCE SOFT blocked - failed jo@example.net | Postmark: Blocked
					{"RecordType":"Bounce","Type":"SpamNotification","Email":"jo@example.net"}; BOUNCE SOFT spam - failed jo@example.net | Postmark: SpamNotification
					{"RecordType":"Bounce","Type":"VirusNotification","Email":"jo@example.net"}; BOUNCE SOFT virus - failed jo@example.net | Postmark: VirusNotification
					{"RecordType":"Bounce","Type":"DMARCPolicy","Email":"jo@example.net"}; BOUNCE SOFT authentication - failed jo@example.net | Postmark: DMARCPolicy
					{"RecordType":"Bounce","Type":"DnsError","Email":"jo@example.net"}; BOUNCE SOFT network - failed jo@example.net | Postmark: DnsError
					{"RecordType":"Bounce","Type":"BadEmailAddress","TypeCode":100000,"Email":"jo@example.net"}; BOUNCE HARD userunknown - failed jo@example.net | Postmark: BadEmailAddress
					{"RecordType":"Bounce","Type":"ManuallyDeactivated","Email":"jo@example.net","Details":"no such user 5.1.1"}; BOUNCE SOFT undefined - failed jo@example.net | Postmark: ManuallyDeactivated
					{"RecordType":"Bounce","Type":"SMTPApiError","Email":"jo@example.net","Details":"inactive recipient"}; BOUNCE SOFT undefined - failed jo@example.net | Postmark: SMTPApiError
					{"RecordType":"Bounce","Type":"Transient","TypeCode":2,"Email":"jo@example.net","Details":"452 4.2.2 mailbox full"}; DELAY NONE mailboxfull 4.2.2 delayed jo@example.net | 452 4.2.2 mailbox full
					{"RecordType":"Bounce","Type":"AutoResponder","Email":"jo@example.net"}; AUTOREPLY NONE none - - jo@example.net | Postmark: AutoResponder
					{"RecordType":"Bounce","Type":"ChallengeVerification","Email":"jo@example.net"}; CHALLENGE NONE none - - jo@example.net | Postmark: ChallengeVerification
					{"RecordType":"Bounce","Type":"Unsubscribe","Email":"jo@example.net"}; DEPARTURE
					{"RecordType":"Bounce","Type":"Subscribe"}; nothing
					{"RecordType":"Bounce","Type":"InboundError"}; nothing
					{"RecordType":"Bounce"}; nothing
					{"RecordType":"SpamComplaint","Type":"SpamComplaint","TypeCode":100001,"Email":"jo@example.net"}; COMPLAINT NONE complaint - - jo@example.net | Postmark: SpamComplaint
					{"RecordType":"Delivery","Recipient":"jo@example.net","Details":"250 2.0.0 OK"}; DELIVERED NONE none 2.0.0 delivered jo@example.net | 250 2.0.0 OK
					{"RecordType":"SubscriptionChange","Recipient":"jo@example.net","Origin":"Recipient","SuppressSending":true,"SuppressionReason":"ManualSuppression"}; DEPARTURE
					{"RecordType":"SubscriptionChange","Recipient":"jo@example.net","Origin":"Recipient","SuppressSending":false,"SuppressionReason":null}; nothing
					{"RecordType":"SubscriptionChange","Recipient":"jo@example.net","Origin":"Admin","SuppressSending":true,"SuppressionReason":"ManualSuppression"}; nothing
					{"RecordType":"SubscriptionChange","Recipient":"jo@example.net","Origin":"Recipient","SuppressSending":true,"SuppressionReason":"HardBounce"}; nothing
					{"RecordType":"SubscriptionChange","SuppressSending":[true]}; nothing
					{"RecordType":"Open"}; nothing
					{"RecordType":"Click"}; nothing
					{}; nothing
					""")
	void eventsSayWhatAReportWouldSay(String event, String line) {
		assertThat(Lines.read(this.postmark, event)).isEqualTo(line);
	}

	@Test
	void aMailIsNamedByItsMetadata() {
		assertThat(Lines.traces(this.postmark,
				"""
						{"RecordType":"SpamComplaint","MessageID":"00000000-0000-0000-0000-000000000000","Metadata":{"herald":"token"}}
						"""))
			.containsExactly("<token@");
	}

	@Test
	void userNameAndPasswordProveIt() {
		// printf 'herald:open sesame' | base64
		assertThat(open("Basic aGVyYWxkOm9wZW4gc2VzYW1l")).isInstanceOf(Opened.Events.class);
		assertThat(open("basic  aGVyYWxkOm9wZW4gc2VzYW1l")).isInstanceOf(Opened.Events.class);
	}

	@Test
	void anythingElseDoesNot() {
		String wrong = "its user name or password is missing or wrong";
		assertThat(Lines.why(open("Basic aGVyYWxkOm9wZW4gc2VzYW1m"))).isEqualTo(wrong);
		assertThat(Lines.why(open("Bearer aGVyYWxkOm9wZW4gc2VzYW1l"))).isEqualTo(wrong);
		assertThat(Lines.why(open("Basic "))).isEqualTo(wrong);
		assertThat(Lines.why(open("Basic"))).isEqualTo(wrong);
		assertThat(Lines.why(open(""))).isEqualTo(wrong);
		assertThat(Lines.why(this.postmark.open(Lines.request(new byte[0])))).isEqualTo(wrong);
	}

	@Test
	void isOffWithoutAPassword() {
		assertThat(this.postmark.configured()).isTrue();
		assertThat(new Postmark(Lines.settings("postmark.username", "ann")).configured()).isFalse();
	}

	private Opened open(String authorization) {
		return this.postmark.open(Lines.request("{}".getBytes(StandardCharsets.UTF_8), "Authorization", authorization));
	}

}
