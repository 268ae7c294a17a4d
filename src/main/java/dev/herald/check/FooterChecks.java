package dev.herald.check;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.herald.check.Finding.Check;
import dev.herald.problem.Sentence;
import dev.herald.render.OutgoingMessage;
import org.jspecify.annotations.Nullable;

/** What the law and the large providers want of every mail to a list. */
final class FooterChecks implements Checks {

	/** RFC 2369 section 3.2: the web address among its addresses. */
	private static final Pattern UNSUBSCRIBE = Pattern
		.compile("^List-Unsubscribe:[^<\\r\\n]{0,80}(?:\\r\\n[ \\t])?<(https?:[^>\\s]{1,2000})>", Pattern.MULTILINE);

	@Override
	public void check(CheckedIssue issue, Findings findings) {
		String link = link(issue.compiled().message(issue.recipient()));
		Sentence why = Sentence.of("check.unsubscribe.why");
		if (link == null) {
			findings.error(Check.UNSUBSCRIBE, 0, Sentence.of("check.unsubscribe.field"), why,
					Sentence.of("check.unsubscribe.field.mend"));
			return;
		}
		boolean inHtml = issue.page()
			.select("a[href]")
			.stream()
			.anyMatch((a) -> a.attr("href").equals(link) && !PageColours.hidden(a));
		if (!inHtml) {
			findings.error(Check.UNSUBSCRIBE, 0, Sentence.of("check.unsubscribe.html"), why,
					Sentence.of("check.unsubscribe.html.mend"));
		}
		if (!issue.compiled().text(issue.recipient()).contains(link)) {
			findings.error(Check.UNSUBSCRIBE, 0, Sentence.of("check.unsubscribe.text"), why,
					Sentence.of("check.unsubscribe.text.mend"));
		}
		postalAddress(issue, findings);
	}

	private static @Nullable String link(OutgoingMessage message) {
		String header = new String(message.content(), 0, message.bodyOffset(), StandardCharsets.UTF_8);
		Matcher field = UNSUBSCRIBE.matcher(header);
		return field.find() ? field.group(1) : null;
	}

	private static void postalAddress(CheckedIssue issue, Findings findings) {
		String address = CheckedIssue.oneLine(issue.newsletter().postalAddress());
		Sentence why = Sentence.of("check.postal-address.why");
		if (address.isEmpty()) {
			findings.warn(Check.POSTAL_ADDRESS, 0, Sentence.of("check.postal-address.none"), why,
					Sentence.of("check.postal-address.none.mend"));
			return;
		}
		String text = CheckedIssue.oneLine(issue.compiled().text(issue.recipient()));
		if (!CheckedIssue.oneLine(issue.page().text()).contains(address)
				|| !squeezed(text).contains(squeezed(address))) {
			findings.warn(Check.POSTAL_ADDRESS, 0, Sentence.of("check.postal-address.missing"), why,
					Sentence.of("check.postal-address.missing.mend"));
		}
	}

	/** Lines of a text may break where its writer put no space. */
	private static String squeezed(String text) {
		return text.replace(" ", "");
	}

}
