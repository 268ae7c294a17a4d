package dev.herald.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

import dev.herald.bench.SendingRun.Sent;
import dev.herald.newsletter.Newsletter;
import dev.herald.testing.TestHerald;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Herald and the other senders, in turn. Each sending process of Herald sends twice: the
 * first send finds a Java machine that has just started, the second one that runs, as a
 * server's does.
 */
final class Comparison {

	private static final double TIMES_NODEMAILER = 2.5;

	private final Bench bench;

	private final OtherSenders others;

	/** Of the last part that was measured on H2, unsigned; 0 before. */
	private double heraldRate;

	Comparison(Bench bench) {
		this.bench = bench;
		this.others = new OtherSenders(bench.folder(), bench.sink().port(), bench.options().connections);
	}

	void on(BenchDatabase.Kind kind) throws IOException, InterruptedException {
		double target = (kind == BenchDatabase.Kind.H2) ? 0.6 : 0.5;
		List<Sent> warm = compare(kind, List.of(), "", target);
		if (kind == BenchDatabase.Kind.H2) {
			this.heraldRate = median(warm, Sent::rate);
		}
	}

	void signing() throws IOException, InterruptedException {
		assumeTrue(!this.bench.options().dkimProperties.isEmpty(), "no --dkim-property says how Herald is to sign");
		Path key = newKey();
		List<String> properties = this.bench.options().dkimProperties.stream()
			.map((property) -> property.replace("{key}", key.toString()))
			.toList();
		compare(BenchDatabase.Kind.H2, properties, ", DKIM RSA-2048", 0.45);
	}

	private Path newKey() throws IOException {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
			generator.initialize(2048);
			String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
				.encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
			return Files.writeString(this.bench.folder().resolve("dkim.pem"),
					"-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java has RSA", ex);
		}
	}

	/**
	 * @return the second sends
	 */
	private List<Sent> compare(BenchDatabase.Kind kind, List<String> properties, String how, double target)
			throws IOException, InterruptedException {
		BenchDatabase database = BenchDatabase.create(kind, this.bench.folder());
		int recipients = this.bench.options().recipients;
		SendingRun run = new SendingRun(this.bench.options(), this.bench.folder());
		boolean compared = OtherSenders.smtpSourceMissing().isEmpty();
		OtherSenders.smtpSourceMissing().ifPresent(this.bench.figures()::remark);
		String newsletter = importIssues(database, recipients);
		List<Double> source = new ArrayList<>();
		List<Sent> first = new ArrayList<>();
		List<Sent> second = new ArrayList<>();
		for (int pair = 1; pair <= this.bench.options().pairs; pair++) {
			if (compared) {
				source.add(this.others.smtpSource(this.bench.message(), recipients));
			}
			List<Sent> sent = run.send(database, newsletter, List.of(slug(pair, 1), slug(pair, 2)),
					this.bench.sink().port(), properties);
			first.add(sent.get(0));
			second.add(sent.get(1));
			System.err.printf(
					"  pair %d: smtp-source %s, Herald %.0f and %.0f messages/s, %d and %d us of processor a message%n",
					pair, compared ? "%.0f".formatted(source.get(pair - 1)) : "-", sent.get(0).rate(),
					sent.get(1).rate(), sent.get(0).processorMicros(), sent.get(1).processorMicros());
		}
		row(kind + how + ", first send of the process", first, source, target);
		row(kind + how + ", its second send", second, source, target);
		tellLedger(database);
		return second;
	}

	private String importIssues(BenchDatabase database, int recipients) {
		try (TestHerald herald = TestHerald.on(database.url())) {
			Newsletter newsletter = database.audience(herald, recipients);
			for (int pair = 1; pair <= this.bench.options().pairs; pair++) {
				this.bench.issue().importInto(herald, newsletter, slug(pair, 1));
				this.bench.issue().importInto(herald, newsletter, slug(pair, 2));
			}
			return newsletter.key();
		}
	}

	private static String slug(int pair, int send) {
		return "issue-" + pair + "-" + send;
	}

	private void row(String what, List<Sent> sent, List<Double> source, double target) {
		double[] rates = sent.stream().mapToDouble(Sent::rate).toArray();
		String measured = "%s messages/s; with freeze and settling %.0f; second half %.0f; %.0f us of processor a message"
			.formatted(Figures.spread("%.0f", rates), median(sent, Sent::wholeRate), median(sent, Sent::steadyRate),
					median(sent, Sent::processorMicros));
		if (source.isEmpty()) {
			this.bench.figures().row(what, measured, "", "");
			return;
		}
		double[] ratios = new double[rates.length];
		for (int i = 0; i < rates.length; i++) {
			ratios[i] = rates[i] / source.get(i);
		}
		String compared = "smtp-source %s: ratio %s".formatted(
				Figures.spread("%.0f", source.stream().mapToDouble(Double::doubleValue).toArray()),
				Figures.spread("%.2f", ratios));
		this.bench.figures()
			.row(what, measured, compared, Figures.verdict(Figures.median(ratios) >= target, "at least " + target));
	}

	private static double median(List<Sent> sent, ToDoubleFunction<Sent> figure) {
		return Figures.median(sent.stream().mapToDouble(figure).toArray());
	}

	private void tellLedger(BenchDatabase database) {
		if (database.kind() == BenchDatabase.Kind.MYSQL) {
			try (TestHerald herald = TestHerald.on(database.url())) {
				JdbcClient jdbc = BenchDatabase.jdbc(herald);
				this.bench.figures().remark("MySQL protocol: " + BenchDatabase.durability(jdbc));
				BenchDatabase.tellBytesARow(jdbc, this.bench.figures());
			}
		}
	}

	void nodemailer() throws IOException, InterruptedException {
		Optional<String> missing = this.others.fetchNodemailer();
		assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
		double rate = this.others.nodemailer(this.bench.options().recipients);
		boolean compared = this.heraldRate > 0;
		this.bench.figures()
			.row("nodemailer's pool", "%.0f messages/s".formatted(rate),
					compared ? "Herald on H2: %.1f times that".formatted(this.heraldRate / rate) : "",
					compared ? Figures.verdict(this.heraldRate / rate >= TIMES_NODEMAILER, "at least 2.5 times") : "");
	}

}
