package dev.herald.bench;

import java.util.concurrent.TimeUnit;

import dev.herald.issue.Issue;
import dev.herald.newsletter.Newsletter;
import dev.herald.render.CompiledIssue;
import dev.herald.render.OutgoingMessage;
import dev.herald.render.Recipient;
import dev.herald.testing.TestHerald;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Making one recipient's message out of a compiled issue, on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SpliceBenchmark {

	private final TestHerald herald;

	private final CompiledIssue issue;

	private final Recipient recipient;

	public SpliceBenchmark() {
		this.herald = TestHerald.on("jdbc:h2:mem:splice;MODE=MySQL;DB_CLOSE_DELAY=-1");
		Newsletter newsletter = this.herald.newsletter("splice", 1);
		Issue imported = SampleIssue.find().importInto(this.herald, newsletter, "splice");
		this.issue = SampleIssue.compile(this.herald, newsletter, imported);
		this.recipient = SampleIssue.recipient(imported);
	}

	@Benchmark
	public OutgoingMessage message() {
		return this.issue.message(this.recipient);
	}

	@TearDown
	public void close() {
		this.herald.close();
	}

}
