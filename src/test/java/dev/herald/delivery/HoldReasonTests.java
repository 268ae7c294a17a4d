package dev.herald.delivery;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.herald.problem.KeptSentence;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Why a send waits or is held: kept as a sentence, said in the reader's language. */
class HoldReasonTests {

	private static final String DECIDE = "whoever got mail since would get it again. Compare the ledger with the relay's log, then resume or cancel.";

	private static final String DECIDE_ZH = "此后收到邮件的人会再收到一次。请对照台账和中继的日志，再决定继续或取消。";

	static Stream<Arguments> reasons() {
		return Stream.of(
				Arguments.of("[\"delivery.hold.paused\",\"ann@example.org\"]", "Paused by ann@example.org",
						"暂停者：ann@example.org"),
				Arguments.of("[\"delivery.hold.cancelled\",\"bob\"]", "Cancelled by bob", "取消者：bob"),
				Arguments.of("[\"delivery.hold.paused\",[\"delivery.who.shell\",\"ada\"]]",
						"Paused by ada on the command line", "暂停者：命令行用户 ada"),
				Arguments.of("[\"delivery.hold.ceiling\"]",
						"Each relay has carried what its warm-up plan allows for today (UTC)",
						"每个中继都已达到预热计划今天（UTC）的上限"),
				Arguments.of("[\"delivery.hold.refused\",[\"smtp.said\",\"550 5.7.1 {0} isn't allowed\"]]",
						"The relay refuses this sender, so nothing more was tried and nobody was rejected: 550 5.7.1 {0} isn't allowed",
						"中继拒绝这个发件人，因此没有再尝试，也没有人被记为被拒：550 5.7.1 {0} isn't allowed"),
				Arguments.of(
						"[\"delivery.hold.refused\",[\"smtp.sign-in\",\"main (mx.example:587)\",\"535 5.7.8 no\"]]",
						"The relay refuses this sender, so nothing more was tried and nobody was rejected: The relay main (mx.example:587) refused the sign-in: 535 5.7.8 no",
						"中继拒绝这个发件人，因此没有再尝试，也没有人被记为被拒：中继 main (mx.example:587) 拒绝登录：535 5.7.8 no"),
				Arguments.of("[\"delivery.hold.fault\",\"null\"]",
						"A fault in Herald stopped it; the log has the details: null", "Herald 自身出错而停止，详情见日志：null"),
				Arguments.of("[\"delivery.hold.changed\"]",
						"What would go out is not what was approved: a template, its words, the newsletter's settings or herald.base-url changed since. Look at the issue again; to approve it as it is now, resume the send, or have a second person approve it where the newsletter asks for that.",
						"将要发出的内容已不是批准时的样子：此后模板、模板文字、通讯设置或 herald.base-url 有过更改。请再看一遍这一期；如按现在的样子批准，请让发送继续，或在通讯要求时由第二人批准。"),
				Arguments.of(
						"[\"delivery.hold.late\",\"2026-11-24 08:00\",\"2026-11-24 10:30\",\"Asia/Shanghai\",\"1h\"]",
						"It was planned for 2026-11-24 08:00 and could begin only at 2026-11-24 10:30 Asia/Shanghai, which is more than the grace (1h) too late. To send it now all the same, resume it; else cancel it.",
						"原定 2026-11-24 08:00 开始，到 2026-11-24 10:30（Asia/Shanghai）才能开始，已超过宽限时间（1h）。如果仍要现在发送，请让它继续；否则请取消。"),
				Arguments.of("[\"delivery.hold.backup\",\"2026-11-24T08:00:00Z\"]",
						"Restored from the backup of 2026-11-24T08:00:00Z. W" + DECIDE.substring(1),
						"从 2026-11-24T08:00:00Z 的备份恢复而来。" + DECIDE_ZH),
				Arguments.of(
						"[\"delivery.hold.before\",[\"delivery.hold.backup\",\"2026-11-24T08:00:00Z\"],[\"delivery.hold.paused\",\"ann\"]]",
						"Restored from the backup of 2026-11-24T08:00:00Z. W" + DECIDE.substring(1)
								+ " Before that: Paused by ann",
						"从 2026-11-24T08:00:00Z 的备份恢复而来。" + DECIDE_ZH + "此前的原因：暂停者：ann"),
				Arguments.of("[\"delivery.hold.doubt\",[\"delivery.hold.no-memory\",\"data/witness\"]]",
						"This machine has no memory of the database: data/witness is missing. If the database is from a backup, "
								+ DECIDE,
						"这台机器没有这个数据库的记录：缺少 data/witness。如果数据库来自备份，" + DECIDE_ZH),
				Arguments.of("[\"delivery.hold.other-database\",\"w\"]",
						"The data folder is another database's: w names another installation.",
						"数据文件夹属于另一个数据库：w 记的是另一个系统。"),
				Arguments.of("[\"delivery.hold.restored\",\"w\"]",
						"The database was restored from a backup: w has seen a later state of it.",
						"数据库是从备份恢复的：w 记得它更晚的状态。"),
				Arguments.of("[\"delivery.hold.copied\",\"w\"]", "The data folder was restored or copied: w is a copy.",
						"数据文件夹是恢复或复制来的：w 是一份副本。"),
				Arguments.of(
						"[\"delivery.hold.witness\",\"data/witness\",\"java.io.IOException: No space left on device\"]",
						"data/witness can't be written (java.io.IOException: No space left on device). Herald keeps there what shows that its database was not restored from a backup, and sends nothing without. Make room in the folder of herald.data-dir, or make it writable.",
						"无法写入 data/witness（java.io.IOException: No space left on device）。Herald 在那里保存数据库未从备份恢复的凭据，没有它就什么也不发送。请在 herald.data-dir 的文件夹中腾出空间，或使其可写。"),
				Arguments.of("[\"problem.said\",\"herald.relays is empty\"]", "herald.relays is empty",
						"herald.relays is empty"),
				Arguments.of("[\"delivery.hold.no-relay\"]",
						"It was asked for with a relay, and now none is set. Set spring.mail.host, and continue it.",
						"发起时设有中继，现在没有设置。请设置 spring.mail.host，再让发送继续。"),
				Arguments.of("[\"delivery.hold.job-start\",\"it runs\"]",
						"The job send-issue could not be started: it runs", "无法启动任务 send-issue：it runs"),
				Arguments.of("[\"delivery.hold.job-failed\",1200,\"java.io.IOException: x\"]",
						"Execution 1200 of the job send-issue failed: java.io.IOException: x",
						"任务 send-issue 的第 1200 次执行失败：java.io.IOException: x"),
				Arguments.of("[\"pacing.brake.share\",41,200,20]",
						"41 of the last 200 answers were rejections, which is more than 20%.",
						"最近 200 个答复中有 41 个是拒绝，超过 20%。"),
				Arguments.of("[\"pacing.brake.same\",5,\"554 5.7.1 spam\"]",
						"5 messages in a row were rejected after DATA with the same reply: 554 5.7.1 spam",
						"连续 5 封邮件在 DATA 之后以同样的答复被拒：554 5.7.1 spam"),
				Arguments.of("[\"pacing.slowed\",\"12/s\",[\"pacing.minutes\",4],\"450 4.7.1 slow down\"]",
						"slowed to 12/s for 4 min: 450 4.7.1 slow down", "已减速到 12/s，持续 4 分钟：450 4.7.1 slow down"),
				Arguments.of("[\"pacing.put-off\",\"a.example\",0,[\"pacing.seconds\",20],\"451 busy\"]",
						"a.example put off for 20 s more: 451 busy", "暂不投递 a.example，还有 20 秒：451 busy"),
				Arguments.of("[\"pacing.put-off\",\"a.example\",2,[\"pacing.hours\",3],\"451 busy\"]",
						"a.example and 2 other domains put off for 3 h more: 451 busy",
						"暂不投递 a.example 和另外 2 个域名，还有 3 小时：451 busy"),
				Arguments.of("[\"smtp.unreachable\",\"main (127.0.0.1:25)\",\"Connection refused\"]",
						"The relay main (127.0.0.1:25) can't be reached: Connection refused",
						"无法连接中继 main (127.0.0.1:25)：Connection refused"),
				Arguments.of("[\"smtp.certificate\",\"main\",\"No name matching mx.example found\"]",
						"The relay main can't be trusted, its certificate does not fit: No name matching mx.example found. Name the relay as its certificate does, or bring the issuer into the trust store of the JVM (-Djavax.net.ssl.trustStore).",
						"中继 main 不可信，证书不符：No name matching mx.example found。请按证书上的名称填写中继，或把签发者加入 JVM 的信任库（-Djavax.net.ssl.trustStore）。"),
				Arguments.of("[\"smtp.clear-sign-in\",\"main\"]",
						"The relay main can't be used: it offers no TLS, and name and password would be sent in clear. Have it offer STARTTLS, or set clear-sign-in for it under herald.relays.",
						"不能使用中继 main：它不提供 TLS，用户名和密码会以明文传送。请让它提供 STARTTLS，或在 herald.relays 中为它设 clear-sign-in。"),
				Arguments.of("[\"smtp.not-connected\",\"main\"]", "The relay main is not connected", "没有连接中继 main"),
				Arguments.of("[\"smtp.hung-up\",\"421 4.3.2 closing\"]", "The relay hung up: 421 4.3.2 closing",
						"中继断开了连接：421 4.3.2 closing"));
	}

	@ParameterizedTest
	@MethodSource("reasons")
	void eachIsSaidInBothLanguagesAndKeptWithoutAny(String stored, String english, String chinese) {
		Sentence reason = Objects.requireNonNull(HoldReason.read(stored));
		assertThat(reason.in(Locale.ENGLISH)).isEqualTo(english);
		assertThat(reason.in(Locale.SIMPLIFIED_CHINESE)).isEqualTo(chinese);
		assertThat(HoldReason.write(reason)).isEqualTo(stored);
	}

	@Test
	void noReasonIsMissingAbove() throws IOException {
		List<String> shown = reasons().map((reason) -> (String) reason.get()[0]).toList();
		List<String> words = new ArrayList<>(Files.readAllLines(Path.of("src/main/resources/words/smtp.properties")));
		words.addAll(Files.readAllLines(Path.of("src/main/resources/words/delivery.properties")));
		Pattern key = Pattern.compile("(smtp\\.|delivery\\.hold\\.)[^=]+(?==)");
		assertThat(words.stream().flatMap((line) -> key.matcher(line).results()).map((found) -> found.group()))
			.hasSizeGreaterThan(20)
			.allSatisfy((word) -> assertThat(shown).anyMatch((stored) -> stored.contains("\"" + word + "\"")));
	}

	@Test
	void noReasonIsNothing() {
		assertThat(HoldReason.read("")).isNull();
		assertThat(HoldReason.write(null)).isEmpty();
	}

	/** Of another version, of a hand in the database, or of nobody. */
	@ParameterizedTest
	@ValueSource(strings = { "Paused by ann", "[]", "[1]", "{}", "null", "[null]", "[\"\"]", "[\"delivery\"]",
			"[\"delivery.hold.gone\",\"ann\"]", "[\"../../web.title\"]", "[\"delivery.unknown\",\"no number\"]",
			"[\"delivery.hold.paused\"", "[\"delivery.hold.paused\",\"ann\"] and more", "550 <b>no</b>",
			"[\"problem.said\",[[[]]]]" })
	void whatNoWordsAreKnownForIsShownAsItStands(String stored) {
		assertThat(HoldReason.read(stored)).asString().isEqualTo(stored);
	}

	@Test
	void aLongTextIsCutAndWhatIsStillTooLongIsKeptAsItReads() {
		String cut = HoldReason.write(Sentence.of("delivery.hold.fault", "ü".repeat(600)));
		assertThat(HoldReason.read(cut)).asString().endsWith("details: " + "ü".repeat(499) + "…");
		Sentence many = Sentence.of("problem.said", "\"".repeat(400));
		for (int i = 0; i < 9; i++) {
			many = Sentence.of("delivery.hold.before", Sentence.of("problem.said", "\"".repeat(400)), many);
		}
		assertThat(HoldReason.write(many)).hasSizeLessThanOrEqualTo(HoldReason.LONGEST)
			.startsWith("[\"problem.said\",");
	}

	@Test
	void whoRestoresAgainAndAgainReadsTheNewestReason() {
		Sentence reason = Sentence.of("delivery.hold.backup", "0");
		for (int i = 1; i < 200; i++) {
			reason = HoldReason.before(Sentence.of("delivery.hold.backup", i), reason);
			assertThat(HoldReason.write(reason)).hasSizeLessThanOrEqualTo(HoldReason.LONGEST);
		}
		assertThat(reason).asString().startsWith("Restored from the backup of 199.");
	}

	@Test
	void aProblemIsKeptAsItsSentenceOrAsWhatItSays() {
		assertThat(KeptSentence.of(Problem.work(Sentence.of("delivery.unknown", 7))))
			.isEqualTo(Sentence.of("delivery.unknown", 7));
		assertThat(KeptSentence.of(Problem.usage("no file " + URI.create("x"))))
			.isEqualTo(Sentence.of("problem.said", "no file x"));
	}

}
