package dev.herald.probe;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import javax.net.ssl.SSLSocketFactory;

import dev.herald.picture.PictureSize;
import dev.herald.probe.Answer.Gone;
import dev.herald.probe.Answer.NotAsked;
import dev.herald.probe.Answer.Picture;
import dev.herald.probe.Answer.Present;
import dev.herald.probe.Answer.Unknown;
import dev.herald.probe.Answer.Unreachable;
import dev.herald.probe.HttpProbe.Limits;
import dev.herald.problem.Sentence;
import dev.herald.testing.ServerPort;
import dev.herald.testing.TestCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class HttpProbeTests {

	private static final Limits QUICK = new Limits(300, 8, 2, Duration.ofMillis(1), Duration.ofSeconds(2),
			Duration.ofSeconds(5), Duration.ofSeconds(30));

	private static final Limits IMPATIENT = new Limits(300, 8, 2, Duration.ofMillis(1), Duration.ofSeconds(2),
			Duration.ofMillis(300), Duration.ofSeconds(30));

	/** One by one pixel. */
	private static final byte[] GIF = Base64.getDecoder()
		.decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

	private Site site;

	@BeforeEach
	void open() throws IOException {
		this.site = Site.http();
	}

	@AfterEach
	void close() {
		this.site.close();
	}

	private static HttpProbe probe(Limits limits) {
		return new HttpProbe((host, address) -> address.isLoopbackAddress(), "Herald/1.0", limits);
	}

	private static Answer ask(URI address) {
		return ask(address, false, QUICK);
	}

	private static Answer ask(URI address, boolean picture, Limits limits) {
		Question question = new Question(address, picture);
		Map<Question, Answer> answers = probe(limits).ask(List.of(question));
		assertThat(answers).containsOnlyKeys(question);
		return Objects.requireNonNull(answers.get(question));
	}

	@Test
	void aPageThatIsThereIsAskedWithHeadAlone() {
		this.site.status("/a", 200);
		assertThat(ask(this.site.at("/a?b=c"))).isEqualTo(new Present(null, null));
		assertThat(this.site.asked()).containsExactly("HEAD /a?b=c");
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 403, 404, 405, 500, 501 })
	void whereHeadIsRefusedGetDecides(int refusal) {
		this.site.on("/a", (exchange) -> Site.reply(exchange,
				exchange.getRequestMethod().equals("HEAD") ? refusal : 200, Map.of()));
		assertThat(ask(this.site.at("/a"))).isEqualTo(new Present(null, null));
		assertThat(this.site.asked()).containsExactly("HEAD /a", "GET /a");
	}

	@ParameterizedTest
	@ValueSource(ints = { 404, 410 })
	void aPageThatIsGoneIsGone(int status) {
		this.site.status("/a", status);
		assertThat(ask(this.site.at("/a"))).isEqualTo(new Gone(status));
	}

	@ParameterizedTest
	@ValueSource(ints = { 401, 403, 429, 500, 503, 999 })
	void whatTurnsProgramsAwayIsUnknown(int status) {
		this.site.status("/a", status);
		assertThat(ask(this.site.at("/a"))).isEqualTo(new Unknown(Sentence.of("probe.says", String.valueOf(status))));
	}

	@Test
	void whoAsksToWaitIsNotAskedAgain() {
		this.site.status("/a", 429);
		ask(this.site.at("/a"));
		assertThat(this.site.asked()).containsExactly("HEAD /a");
	}

	@Test
	void redirectsAreFollowedAndOnlyPermanentOnesAreAMove() {
		this.site.status("/end", 200)
			.redirect("/good", 301, "/end")
			.redirect("/now", 302, this.site.at("/end").toString())
			.redirect("/both", 308, "now");
		assertThat(ask(this.site.at("/good"))).isEqualTo(new Present(this.site.at("/end"), null));
		assertThat(ask(this.site.at("/now"))).isEqualTo(new Present(null, null));
		assertThat(ask(this.site.at("/both"))).isEqualTo(new Present(null, null));
	}

	@Test
	void aCircleOfRedirectsEnds() {
		this.site.redirect("/a", 302, "/b").redirect("/b", 301, "/a");
		assertThat(ask(this.site.at("/a"))).isEqualTo(new Unreachable(Sentence.of("probe.redirects", 5)));
		assertThat(this.site.asked()).hasSize(6);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "mailto:a@example.org", "file:///etc/passwd", "https://", "http://exa mple/" })
	void aRedirectToNoPageIsUnknown(String location) {
		this.site.redirect("/a", 302, location);
		assertThat(ask(this.site.at("/a"))).isEqualTo(new Unknown(Sentence.of("probe.redirected-nowhere")));
	}

	@Test
	void aServerThatIsSilentHasItsTime() {
		CountDownLatch over = new CountDownLatch(1);
		this.site.on("/a", (exchange) -> {
			try {
				over.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		assertThat(ask(this.site.at("/a"), false, IMPATIENT))
			.isEqualTo(new Unreachable(Sentence.of("probe.no-answer")));
		over.countDown();
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 200 OK\r\nX: ", "HTTP/1.1 103 Early Hints\r\n\r\n", "H" })
	void aHeadWithoutAnEndIsNoAnswer(String words) throws IOException {
		try (ServerSocket server = Site.saying(words, true)) {
			assertThat(ask(Site.at(server), false, QUICK)).isEqualTo(new Unreachable(Sentence.of("probe.no-http")));
		}
	}

	@Test
	void aServerThatDripsHasItsTimeToo() throws IOException {
		this.site.on("/a", (exchange) -> {
			exchange.sendResponseHeaders(200, 0);
			try {
				while (true) {
					exchange.getResponseBody().write(0);
					exchange.getResponseBody().flush();
					Thread.sleep(20);
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		assertThat(ask(this.site.at("/a"), true, IMPATIENT)).isEqualTo(new Unreachable(Sentence.of("probe.no-answer")));
	}

	@Test
	void ofAnEndlessPictureOnlyTheBeginIsRead() {
		AtomicInteger written = new AtomicInteger();
		this.site.on("/a.gif", (exchange) -> {
			exchange.getResponseHeaders().set("Content-Type", "image/gif; q=1");
			exchange.sendResponseHeaders(200, 0);
			exchange.getResponseBody().write(GIF);
			while (written.addAndGet(1_000) < 1 << 30) {
				exchange.getResponseBody().write(new byte[1_000]);
			}
		});
		assertThat(ask(this.site.at("/a.gif"), true, QUICK))
			.isEqualTo(new Present(null, new Picture("image/gif", -1, new PictureSize(1, 1))));
		assertThat(written.get()).isLessThan(1 << 30);
	}

	@Test
	void aPictureIsAskedWithGetAndItsKindWeightAndSizeAreSaid() {
		this.site.bytes("/a.gif", "image/gif", GIF).bytes("/b", "text/html;charset=utf-8", new byte[2_000_000]);
		assertThat(ask(this.site.at("/a.gif"), true, QUICK))
			.isEqualTo(new Present(null, new Picture("image/gif", GIF.length, new PictureSize(1, 1))));
		assertThat(ask(this.site.at("/b"), true, QUICK))
			.isEqualTo(new Present(null, new Picture("text/html", 2_000_000, null)));
		assertThat(this.site.asked()).containsExactly("GET /a.gif", "GET /b");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Length: 42\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n2a\r\n" })
	void aPictureIsThereWithItsLastOctetThoughItsServerKeepsTheConnection(String fields) throws IOException {
		String picture = new String(GIF, StandardCharsets.ISO_8859_1);
		String end = fields.startsWith("T") ? "\r\n0\r\n\r\n" : "";
		try (ServerSocket server = Site
			.holding("HTTP/1.1 200 OK\r\nContent-Type: image/gif\r\n" + fields + picture + end)) {
			assertThat(ask(Site.at(server), true, IMPATIENT))
				.isEqualTo(new Present(null, new Picture("image/gif", GIF.length, new PictureSize(1, 1))));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "-1", "FFFFFFFFFFFFFFFF", "" })
	void aChunkOfNoSizeIsNoAnswer(String size) throws IOException {
		try (ServerSocket server = Site.saying("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + size + "\r\n",
				false)) {
			assertThat(ask(Site.at(server), true, QUICK)).isEqualTo(new Unreachable(Sentence.of("probe.no-http")));
		}
	}

	@Test
	void ofAChunkWithoutAnEndTheBeginIsRead() throws IOException {
		try (ServerSocket server = Site.saying("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n80000000\r\n"
				+ new String(GIF, StandardCharsets.ISO_8859_1) + "x".repeat(70_000), false)) {
			assertThat(ask(Site.at(server), true, QUICK))
				.isEqualTo(new Present(null, new Picture("", -1, new PictureSize(1, 1))));
		}
	}

	@Test
	void aHostThatClosesRefusesOrSpeaksAnotherLanguageIsUnreachable() throws IOException {
		try (ServerSocket silent = Site.saying("", false); ServerSocket ssh = Site.saying("SSH-2.0-x\r\n", false)) {
			assertThat(ask(Site.at(silent))).isIn(new Unreachable(Sentence.of("probe.closed")),
					new Unreachable(Sentence.of("probe.broken")));
			assertThat(ask(Site.at(ssh))).isEqualTo(new Unreachable(Sentence.of("probe.no-http")));
		}
		assertThat(ask(URI.create("http://127.0.0.1:" + ServerPort.find() + "/")))
			.isEqualTo(new Unreachable(Sentence.of("probe.refused")));
	}

	@Test
	void aHostThatNobodyKnowsIsUnreachable() {
		String host = "a".repeat(64) + ".invalid";
		assertThat(ask(URI.create("https://" + host + "/")))
			.isEqualTo(new Unreachable(Sentence.of("probe.no-host", host)));
	}

	@Test
	void aCertificateHasToBeValidAndThisHosts() throws IOException {
		TestCertificate right = TestCertificate.of("ip:127.0.0.1");
		TestCertificate other = TestCertificate.of("dns:other.test");
		assertThat(askTls(right, right.trusting().getSocketFactory())).isEqualTo(new Present(null, null));
		assertThat(askTls(other, other.trusting().getSocketFactory()))
			.isEqualTo(new Unreachable(Sentence.of("probe.certificate")));
		assertThat(askTls(right, (SSLSocketFactory) SSLSocketFactory.getDefault()))
			.isEqualTo(new Unreachable(Sentence.of("probe.certificate")));
	}

	private static Answer askTls(TestCertificate certificate, SSLSocketFactory tls) throws IOException {
		try (Site secure = Site.https(certificate.context()).status("/a", 200)) {
			Question question = new Question(secure.at("/a"), false);
			return Objects.requireNonNull(
					new HttpProbe((host, address) -> true, "Herald", QUICK, tls).ask(List.of(question)).get(question));
		}
	}

	@Test
	void aServerOnAPrivateNetworkIsNotAsked() {
		this.site.status("/a", 200);
		Question question = new Question(this.site.at("/a"), false);
		Answer answer = new HttpProbe(new PublicAddresses(Set.of()), "Herald", QUICK).ask(List.of(question))
			.get(question);
		assertThat(answer).isEqualTo(new NotAsked(Sentence.of("probe.not-public", "127.0.0.1")));
		assertThat(this.site.asked()).isEmpty();
	}

	@Test
	void aRedirectCantLeadToAPrivateNetwork() throws IOException {
		try (Site inner = Site.http().status("/secret", 200)) {
			String secret = inner.at("/secret").toString().replace("127.0.0.1", "localhost");
			this.site.redirect("/a", 302, secret);
			Question question = new Question(this.site.at("/a"), false);
			Answer answer = new HttpProbe((host, address) -> host.equals("127.0.0.1"), "Herald", QUICK)
				.ask(List.of(question))
				.get(question);
			assertThat(answer).isEqualTo(new NotAsked(Sentence.of("probe.not-public", "localhost")));
			assertThat(inner.asked()).isEmpty();
		}
	}

	@Test
	void nobodyIsToldMoreThanWhoAsks() {
		List<Map<String, List<String>>> fields = new ArrayList<>();
		this.site.on("/a", (exchange) -> {
			fields.add(Map.copyOf(exchange.getRequestHeaders()));
			Site.reply(exchange, 302, Map.of("Set-Cookie", "a=b", "Location", "/b"));
		}).on("/b", (exchange) -> {
			fields.add(Map.copyOf(exchange.getRequestHeaders()));
			Site.reply(exchange, 200, Map.of());
		});
		ask(this.site.at("/a"));
		assertThat(fields).hasSize(2).allSatisfy((each) -> {
			assertThat(each.get("User-agent")).containsExactly("Herald/1.0");
			assertThat(each).doesNotContainKeys("Cookie", "Authorization", "Referer");
		});
	}

	@Test
	void aHostHasAtMostTwoRequestsAtOnce() {
		AtomicInteger now = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		this.site.on("/", (exchange) -> {
			most.accumulateAndGet(now.incrementAndGet(), Math::max);
			try {
				Thread.sleep(5);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			now.decrementAndGet();
			Site.reply(exchange, 200, Map.of());
		});
		List<Question> questions = questions(40);
		Map<Question, Answer> answers = probe(QUICK).ask(questions);
		assertThat(answers).hasSize(40)
			.containsOnlyKeys(questions)
			.allSatisfy((question, answer) -> assertThat(answer).isEqualTo(new Present(null, null)));
		assertThat(most.get()).isLessThanOrEqualTo(2);
		assertThat(this.site.asked()).hasSize(40);
	}

	private List<Question> questions(int count) {
		return IntStream.range(0, count).mapToObj((i) -> new Question(this.site.at("/" + i), false)).toList();
	}

	@Test
	void requestsToAHostKeepTheirDistance() {
		this.site.status("/", 200);
		Limits slow = new Limits(300, 8, 2, Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofSeconds(5),
				Duration.ofSeconds(30));
		long before = System.nanoTime();
		probe(slow).ask(questions(4));
		assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
	}

	@Test
	void whatIsTooMuchOrTooLateIsSaid() {
		this.site.status("/", 200);
		Limits few = new Limits(2, 8, 2, Duration.ofMillis(1), Duration.ofSeconds(2), Duration.ofSeconds(5),
				Duration.ofSeconds(30));
		assertThat(probe(few).ask(questions(3)).values()).containsExactly(new Present(null, null),
				new Present(null, null), new NotAsked(Sentence.of("probe.too-many", 2)));
		Limits brief = new Limits(300, 8, 2, Duration.ofSeconds(50), Duration.ofSeconds(2), Duration.ofSeconds(5),
				Duration.ofSeconds(1));
		assertThat(probe(brief).ask(questions(2)).values()).containsExactly(new Present(null, null),
				new NotAsked(Sentence.of("probe.late", 1L)));
	}

	@Test
	void nothingToAskIsNoTrouble() {
		assertThat(probe(QUICK).ask(List.of())).isEmpty();
	}

}
