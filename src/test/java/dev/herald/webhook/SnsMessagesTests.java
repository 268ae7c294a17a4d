package dev.herald.webhook;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SnsMessagesTests {

	private static final String CONFIRM = "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=arn:aws:sns:eu-west-1:123456789012:bounces&Token=2336412f37";

	private static final SnsKey KEY = SnsKey.of("sns.amazonaws.com");

	private final List<String> fetched = new ArrayList<>();

	private SnsMessages messages(SnsFetch fetch) {
		return new SnsMessages(Lines.settings("ses.topics", SnsKey.TOPIC),
				new SnsCertificates(fetch, Clock.systemUTC()), fetch);
	}

	private SnsMessages messages(SnsKey key) {
		return messages((SnsFetch) (address) -> {
			this.fetched.add(address.toString());
			return key.pem();
		});
	}

	private Opened open(String message) {
		return messages(KEY).open(Json.parse(message));
	}

	private static void isNothing(Opened opened) {
		assertThat(Lines.events(opened)).hasValueSatisfying((events) -> assertThat(events.events()).isEmpty());
	}

	@Test
	void bothSignaturesAreBelieved() {
		String event = "{\"notificationType\":\"Bounce\",\"text\":\"line\\nbreak, ü\"}";
		for (String message : List.of(KEY.notification(event), KEY.notification2(event),
				KEY.notification(event, "Subject", "Amazon SES Email Event Notification"))) {
			assertThat(Lines.events(open(message)))
				.hasValueSatisfying((events) -> assertThat(events.events()).containsExactly(Json.parse(event)));
		}
	}

	@Test
	void theCertificateIsFetchedOnce() {
		SnsMessages messages = messages(KEY);
		messages.open(Json.parse(KEY.notification("{}")));
		messages.open(Json.parse(KEY.notification2("{}")));
		assertThat(this.fetched).containsExactly(SnsKey.CERTIFICATE);
	}

	@Test
	void whatWasChangedOnTheWayIsNotBelieved() {
		String message = KEY.notification("{\"a\":1}");
		String wrong = "its signature is missing or wrong";
		assertThat(Lines.why(open(message.replace("{\\\"a\\\":1}", "{\\\"a\\\":2}")))).isEqualTo(wrong);
		assertThat(
				Lines.why(open(message.replace("\"Type\":\"Notification\"", "\"Type\":\"SubscriptionConfirmation\""))))
			.isEqualTo(wrong);
		assertThat(Lines.why(open(message.replace("\"SignatureVersion\":\"1\"", "\"SignatureVersion\":\"2\""))))
			.isEqualTo(wrong);
		assertThat(Lines.why(open(message.replace("\"SignatureVersion\":\"1\"", "\"SignatureVersion\":\"3\""))))
			.isEqualTo(wrong);
		assertThat(Lines.why(open(message.replaceAll("\"Signature\":\"[^\"]*\"", "\"Signature\":\"?\""))))
			.isEqualTo(wrong);
		assertThat(Lines.why(open(message.replaceAll("\"Signature\":\"[^\"]*\"", "\"Signature\":7")))).isEqualTo(wrong);
		assertThat(Lines.why(open(SnsKey.of("sns.amazonaws.com").notification("{}")))).isEqualTo(wrong);
	}

	@Test
	void anotherTopicIsNotBelievedThoughAmazonSignedIt() {
		String why = "its topic is not in herald.webhooks.ses.topics";
		assertThat(Lines.why(open(KEY.notification("{}", "TopicArn", "arn:aws:sns:eu-west-1:666666666666:bounces"))))
			.isEqualTo(why);
		assertThat(Lines.why(open("{}"))).isEqualTo(why);
		assertThat(Lines.why(open("[]"))).isEqualTo(why);
		assertThat(Lines.why(open("{\"TopicArn\":[\"" + SnsKey.TOPIC + "\"]}"))).isEqualTo(why);
		assertThat(this.fetched).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://sns.evil.example/SimpleNotificationService-0.pem",
			"https://sns.eu-west-1.amazonaws.com.evil.example/SimpleNotificationService-0.pem",
			"https://sns.eu-west-1.amazonaws.com@evil.example/SimpleNotificationService-0.pem",
			"https://evil@sns.eu-west-1.amazonaws.com/SimpleNotificationService-0.pem",
			"https://sns.eu-west-1.amazonaws.com:8443/SimpleNotificationService-0.pem",
			"https://evil.example#@sns.eu-west-1.amazonaws.com/SimpleNotificationService-0.pem",
			"https://evil.example\\@sns.eu-west-1.amazonaws.com/SimpleNotificationService-0.pem",
			"http://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0.pem",
			"https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0.pem",
			"https://eu-west-1.amazonaws.com/SimpleNotificationService-0.pem",
			"https://bucket.s3.eu-west-1.amazonaws.com/SimpleNotificationService-0.pem",
			"https://sns.eu-west-1.amazonaws.com/evil.pem",
			"https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0.pem?x=1",
			"https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0.pem#x",
			"https://sns.eu-west-1.amazonaws.com/a/../SimpleNotificationService-0.pem",
			"https://sns.eu-west-1.amazonaws.com", "file:///etc/passwd", "SimpleNotificationService-0.pem", "" })
	void aCertificateFromElsewhereIsNotEvenFetched(String url) {
		assertThat(Lines.why(open(KEY.notification("{}", "SigningCertURL", url))))
			.isEqualTo("its certificate is not at sns.eu-west-1.amazonaws.com");
		assertThat(this.fetched).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "sns.amazonaws.com,true", "sns.eu-west-1.amazonaws.com,true",
			"sns-signing.eu-west-1.amazonaws.com,true", "sns.us-east-1.amazonaws.com,false", "www.example.org,false",
			"sns.amazonaws.com.evil.example,false" })
	void theCertificateMustBeMadeOutToAmazonSns(String subject, boolean believed) {
		SnsKey key = SnsKey.of(subject);
		Opened opened = messages(key).open(Json.parse(key.notification("{}")));
		assertThat(opened instanceof Opened.Events).isEqualTo(believed);
		if (!believed) {
			assertThat(Lines.why(opened)).isEqualTo("its certificate is not one of Amazon SNS that is valid now");
		}
	}

	@Test
	void theCertificateMustBeOfToday() {
		for (int firstDay : List.of(-10, 1)) {
			Instant notBefore = Instant.now().plus(Duration.ofDays(firstDay));
			SnsKey key = SnsKey.of("sns.amazonaws.com", notBefore, notBefore.plus(Duration.ofDays(5)));
			assertThat(Lines.why(messages(key).open(Json.parse(key.notification("{}")))))
				.isEqualTo("its certificate is not one of Amazon SNS that is valid now");
		}
	}

	@Test
	void whatIsNoCertificateProvesNothing() {
		assertThat(
				Lines.why(messages((SnsFetch) (address) -> "<html>".getBytes(java.nio.charset.StandardCharsets.UTF_8))
					.open(Json.parse(KEY.notification("{}")))))
			.contains("its certificate is not one");
		assertThat(Lines.why(messages((SnsFetch) (address) -> new byte[0]).open(Json.parse(KEY.notification("{}")))))
			.contains("its certificate is not one");
	}

	@Test
	void whileTheCertificateCannotBeHadAmazonShouldTryAgain() {
		SnsMessages messages = messages((SnsFetch) (address) -> {
			throw new IOException("status 503");
		});
		assertThat(Lines.why(messages.open(Json.parse(KEY.notification("{}")))))
			.isEqualTo("undecided: sns.eu-west-1.amazonaws.com did not answer as expected: status 503");
	}

	@Test
	void aSubscriptionIsConfirmedAtTheSameHost() {
		isNothing(open(KEY.confirmation("SubscriptionConfirmation", CONFIRM)));
		assertThat(this.fetched).containsExactly(SnsKey.CERTIFICATE, CONFIRM);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://evil.example/?Action=ConfirmSubscription&x=1",
			"https://sns.eu-west-1.amazonaws.com.evil.example/?Action=ConfirmSubscription&x=1",
			"https://sns.eu-west-1.amazonaws.com@evil.example/?Action=ConfirmSubscription&x=1",
			"http://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&x=1",
			"https://sns.eu-west-1.amazonaws.com/?Action=DeleteTopic&x=1", "https://sns.eu-west-1.amazonaws.com/", "" })
	void andNothingElseIsAskedForThough(String url) {
		isNothing(open(KEY.confirmation("SubscriptionConfirmation", url)));
		assertThat(this.fetched).containsExactly(SnsKey.CERTIFICATE);
	}

	@Test
	void aSubscriptionThatCannotBeConfirmedNowIsTriedAgain() {
		SnsMessages messages = messages((SnsFetch) (address) -> {
			if (address.equals(URI.create(SnsKey.CERTIFICATE))) {
				return KEY.pem();
			}
			throw new IOException("status 500");
		});
		assertThat(Lines.why(messages.open(Json.parse(KEY.confirmation("SubscriptionConfirmation", CONFIRM)))))
			.startsWith("undecided: ");
	}

	@Test
	void theEndOfASubscriptionConfirmsNothing() {
		isNothing(open(KEY.confirmation("UnsubscribeConfirmation", CONFIRM)));
		assertThat(this.fetched).containsExactly(SnsKey.CERTIFICATE);
	}

	@Test
	void aGreetingIsNoEvent() {
		isNothing(open(KEY.notification("Successfully validated SNS topic for Amazon SES event publishing.")));
		isNothing(open(KEY.notification("[".repeat(200_000))));
	}

	@Test
	void inChinaAmazonHasAnotherDomain() {
		SnsHost host = SnsHost.of("arn:aws-cn:sns:cn-north-1:123456789012:bounces");
		assertThat(host.certificate("https://sns.cn-north-1.amazonaws.com.cn/SimpleNotificationService-0.pem"))
			.isPresent();
		assertThat(host.certificate("https://sns.cn-north-1.amazonaws.com/SimpleNotificationService-0.pem")).isEmpty();
		assertThat(host.subjects()).contains("sns-cn-north-1.amazonaws.com.cn");
	}

}
