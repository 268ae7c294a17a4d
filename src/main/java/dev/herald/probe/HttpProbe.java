package dev.herald.probe;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;

import dev.herald.picture.PictureSize;
import dev.herald.probe.Answer.Gone;
import dev.herald.probe.Answer.NotAsked;
import dev.herald.probe.Answer.Picture;
import dev.herald.probe.Answer.Present;
import dev.herald.probe.Answer.Unknown;
import dev.herald.probe.Answer.Unreachable;
import dev.herald.problem.Sentence;
import org.jspecify.annotations.Nullable;

/**
 * Asks over HTTP/1.1. A link is asked with HEAD, and with GET where that fails: some
 * servers answer 404, 405 or 501 to HEAD alone. Thread-safe.
 */
public final class HttpProbe implements Probe {

	private static final int MOST_HOPS = 5;

	/** In octets: enough for the sizes of pictures. */
	private static final int BEGIN = 65_536;

	private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

	private static final Set<Integer> FOR_GOOD = Set.of(301, 308);

	private final AddressRule rule;

	private final SSLSocketFactory tls;

	private final String agent;

	private final Limits limits;

	private final ScheduledThreadPoolExecutor watchdog = new ScheduledThreadPoolExecutor(1, HttpProbe::daemon);

	/**
	 * @param agent names the program and its version (RFC 9110 section 10.1.5)
	 */
	public HttpProbe(AddressRule rule, String agent, Limits limits) {
		this(rule, agent, limits, (SSLSocketFactory) SSLSocketFactory.getDefault());
	}

	HttpProbe(AddressRule rule, String agent, Limits limits, SSLSocketFactory tls) {
		this.rule = rule;
		this.agent = agent;
		this.limits = limits;
		this.tls = tls;
		this.watchdog.setKeepAliveTime(limits.exchange().toMillis() + 1, TimeUnit.MILLISECONDS);
		this.watchdog.allowCoreThreadTimeOut(true);
	}

	/**
	 * @param addresses different ones; the others are not asked
	 * @param atOnce requests under way
	 * @param perHost of these to one host
	 * @param pause between the beginnings of two requests to one host
	 * @param connect the longest wait for a connection
	 * @param exchange the longest time of one request, all in all
	 * @param total after that nothing more is asked or awaited
	 */
	public record Limits(int addresses, int atOnce, int perHost, Duration pause, Duration connect, Duration exchange,
			Duration total) {

		public static Limits within(Duration total) {
			return new Limits(300, 8, 2, Duration.ofMillis(250), Duration.ofSeconds(5), Duration.ofSeconds(10), total);
		}

	}

	@Override
	public Map<Question, Answer> ask(Collection<Question> questions) {
		Map<Question, Answer> answers = new ConcurrentHashMap<>();
		HostQueue queue = new HostQueue(this.limits.perHost(), this.limits.pause());
		Set<Question> asked = new LinkedHashSet<>(questions);
		asked.stream().limit(this.limits.addresses()).map(Journey::of).forEach(queue::add);
		work(queue, answers);
		Map<Question, Answer> all = new LinkedHashMap<>();
		Sentence late = Sentence.of("probe.late", this.limits.total().toSeconds());
		for (Question question : asked) {
			boolean tooMany = all.size() >= this.limits.addresses();
			all.put(question, answers.getOrDefault(question,
					new NotAsked(tooMany ? Sentence.of("probe.too-many", this.limits.addresses()) : late)));
		}
		return all;
	}

	private void work(HostQueue queue, Map<Question, Answer> answers) {
		ExecutorService workers = Executors.newFixedThreadPool(this.limits.atOnce(), HttpProbe::daemon);
		Exchange exchange = new Exchange(this.rule, this.tls, this.agent, this.limits.connect(), this.limits.exchange(),
				this.watchdog);
		try {
			for (int i = 0; i < this.limits.atOnce(); i++) {
				workers.execute(() -> serve(queue, exchange, answers));
			}
			workers.shutdown();
			workers.awaitTermination(this.limits.total().toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			// What is under way ends with its own time.
			queue.close();
			workers.shutdownNow();
		}
	}

	/** A look-up of a name can't be interrupted, and must not keep the process. */
	private static Thread daemon(Runnable task) {
		Thread thread = new Thread(task, "probe");
		thread.setDaemon(true);
		return thread;
	}

	private static void serve(HostQueue queue, Exchange exchange, Map<Question, Answer> answers) {
		try {
			for (Journey journey = queue.take(); journey != null; journey = queue.take()) {
				Step step = step(journey, exchange);
				if (step.next() != null) {
					queue.goOn(journey, step.next());
				}
				else if (step.answer() != null) {
					answers.put(journey.question(), step.answer());
					queue.done(journey);
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Either is there. */
	private record Step(@Nullable Answer answer, @Nullable Journey next) {
	}

	private static Step step(Journey journey, Exchange exchange) {
		try {
			Reply reply = exchange.ask(journey.at(), journey.get(), journey.question().picture() ? BEGIN : 0);
			if (REDIRECTS.contains(reply.status())) {
				return redirected(journey, reply);
			}
			if (reply.status() >= 400 && reply.status() != 429 && !journey.get()) {
				return new Step(null, journey.withGet());
			}
			return new Step(answer(journey, reply), null);
		}
		catch (Exchange.Forbidden ex) {
			return new Step(new NotAsked(Sentence.of("probe.not-public", journey.host())), null);
		}
		catch (IOException ex) {
			return new Step(new Unreachable(reason(journey, ex)), null);
		}
	}

	private static Step redirected(Journey journey, Reply reply) {
		if (journey.hops() >= MOST_HOPS) {
			return new Step(new Unreachable(Sentence.of("probe.redirects", MOST_HOPS)), null);
		}
		Optional<URI> next = WebAddress.resolve(journey.at(), reply.fields().getOrDefault("location", ""));
		return next.map((address) -> new Step(null, journey.to(address, FOR_GOOD.contains(reply.status()))))
			.orElseGet(() -> new Step(new Unknown(Sentence.of("probe.redirected-nowhere")), null));
	}

	private static Answer answer(Journey journey, Reply reply) {
		if (reply.status() == 404 || reply.status() == 410) {
			return new Gone(reply.status());
		}
		if (reply.status() >= 300) {
			return new Unknown(Sentence.of("probe.says", String.valueOf(reply.status())));
		}
		Picture picture = journey.question().picture()
				? new Picture(reply.type(), reply.octets(), PictureSize.of(reply.begin()).orElse(null)) : null;
		return new Present((journey.hops() > 0 && journey.forGood()) ? journey.at() : null, picture);
	}

	private static Sentence reason(Journey journey, IOException ex) {
		if (ex instanceof UnknownHostException) {
			return Sentence.of("probe.no-host", journey.host());
		}
		if (ex instanceof SocketTimeoutException) {
			return Sentence.of("probe.no-answer");
		}
		if (ex instanceof ConnectException) {
			return Sentence.of("probe.refused");
		}
		if (ex instanceof SSLException) {
			return Sentence.of(hasCause(ex, CertificateException.class) ? "probe.certificate" : "probe.tls");
		}
		if (ex instanceof EOFException) {
			return Sentence.of("probe.closed");
		}
		return Sentence.of((ex instanceof ProtocolException) ? "probe.no-http" : "probe.broken");
	}

	private static boolean hasCause(Throwable ex, Class<? extends Throwable> type) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (type.isInstance(cause)) {
				return true;
			}
		}
		return false;
	}

}
