package dev.herald.check;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.herald.check.Finding.Check;
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
		String why = "Gmail, Yahoo and the law of most countries want one, and who can't find it presses “spam”.";
		if (link == null) {
			findings.error(Check.UNSUBSCRIBE, 0, "The mail has no field List-Unsubscribe.", why,
					"This is a fault of Herald: report it.");
			return;
		}
		boolean inHtml = issue.page()
			.select("a[href]")
			.stream()
			.anyMatch((a) -> a.attr("href").equals(link) && !PageColours.hidden(a));
		if (!inHtml) {
			findings.error(Check.UNSUBSCRIBE, 0, "The HTML has no link to unsubscribe.", why,
					"Put <a href=\"${unsubscribe}\">${words.unsubscribe}</a> into templates/issue/footer.ftlh.");
		}
		if (!issue.compiled().text(issue.recipient()).contains(link)) {
			findings.error(Check.UNSUBSCRIBE, 0, "The plain text has no link to unsubscribe.", why,
					"Put ${unsubscribe} into templates/issue/text.ftl.");
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
		String why = "The law of the USA (CAN-SPAM) and of other countries wants the sender's postal address in each.";
		if (address.isEmpty()) {
			findings.warn(Check.POSTAL_ADDRESS, 0, "The newsletter has no postal address.", why,
					"Write it into the newsletter's settings.");
			return;
		}
		String text = CheckedIssue.oneLine(issue.compiled().text(issue.recipient()));
		if (!CheckedIssue.oneLine(issue.page().text()).contains(address)
				|| !squeezed(text).contains(squeezed(address))) {
			findings.warn(Check.POSTAL_ADDRESS, 0, "The postal address is not in both parts of the mail.", why,
					"Put ${newsletter.postalAddress} into templates/issue/footer.ftlh and text.ftl.");
		}
	}

	/** Lines of a text may break where its writer put no space. */
	private static String squeezed(String text) {
		return text.replace(" ", "");
	}

}
