package dev.herald.render;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

import dev.herald.address.EmailAddress;
import dev.herald.address.Mailbox;
import dev.herald.issue.IssueReader;
import dev.herald.newsletter.Newsletter;
import dev.herald.problem.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Compiles a made-up issue when a server has started, in a thread of its own: the first
 * issue of a program takes three times as long as the next, since its classes are loaded
 * and compiled for it. Commands, which end soon, don't.
 */
@Component
@ConditionalOnWebApplication
class WarmUp {

	private static final Logger logger = LoggerFactory.getLogger(WarmUp.class);

	/** One of all that an issue can have; it is there often enough to be compiled. */
	private static final String SECTION = """
			## Section 标题

			- [Title | Source](https://example.org/1?a=1&b=2)<br>
			  A comment with `code`, **bold** and a [link][ref]. 很好的文章，值得一读。
			- [x] Done

			| a | b |
			|---|--:|
			| 1 | 😀 [x](https://example.org/2) |

			> Quoted سلام دنیا <b>raw</b> https://example.org/3，end[^1]

			""";

	private static final int SECTIONS = 100;

	private static final String END = "[^1]: The note.\n\n[ref]: https://example.org/4\n";

	private final IssueCompiler compiler;

	WarmUp(IssueCompiler compiler) {
		this.compiler = compiler;
	}

	@EventListener(ApplicationReadyEvent.class)
	void begin() {
		Thread thread = new Thread(this::compile, "warm-up");
		thread.setDaemon(true);
		thread.start();
	}

	void compile() {
		Newsletter newsletter = new Newsletter(0, "warm-up", "Warm-up",
				new Mailbox("Warm-up", new EmailAddress("warm-up@example.org")), null, Locale.ENGLISH, null, "");
		byte[] source = (SECTION.repeat(SECTIONS) + END).getBytes(StandardCharsets.UTF_8);
		try {
			this.compiler.compile(IssueReader.read("warm-up.md", source), newsletter).message(Samples.recipient());
		}
		catch (Problem ex) {
			// A faulty template: whoever renders an issue is told.
			logger.debug("The warm-up found a problem", ex);
		}
	}

}
