package dev.herald.check;

import java.util.List;
import java.util.Locale;

import dev.herald.check.Finding.Check;
import dev.herald.problem.Sentence;

/** Phrases that content filters have rules for. */
final class FilterWordChecks implements Checks {

	/**
	 * In lower case, of English and Chinese junk mail. One word alone decides nothing.
	 */
	private static final List<String> PHRASES = List.of("100% free", "act now", "amazing deal", "cash bonus",
			"click here", "double your income", "earn extra cash", "free money", "get paid to", "increase sales",
			"limited time offer", "lose weight", "lowest price", "make money fast", "million dollars",
			"money back guarantee", "no credit check", "no obligation", "once in a lifetime", "online pharmacy",
			"risk free", "risk-free", "this is not spam", "viagra", "work from home", "you have been selected",
			"you have won", "代开发票", "点击这里", "免费领取", "日赚", "稳赚不赔", "刷单", "无抵押贷款", "限时特价", "中奖");

	@Override
	public void check(CheckedIssue issue, Findings findings) {
		String subject = issue.compiled().subject().toLowerCase(Locale.ROOT);
		String text = issue.prose().toLowerCase(Locale.ROOT);
		for (String phrase : PHRASES) {
			boolean inSubject = has(subject, phrase);
			if (inSubject || has(text, phrase)) {
				findings.warn(Check.FILTER_WORDS, inSubject ? issue.titleLine() : issue.lineOf(phrase),
						Sentence.of(inSubject ? "check.filter-words.subject" : "check.filter-words.text", phrase),
						Sentence.of("check.filter-words.why"), Sentence.of("check.filter-words.mend"));
			}
		}
	}

	/** As words of their own: "transact now" is none. */
	private static boolean has(String text, String phrase) {
		for (int at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
			int end = at + phrase.length();
			boolean begins = at == 0 || !isLatin(text.charAt(at - 1)) || !isLatin(phrase.charAt(0));
			boolean ends = end == text.length() || !isLatin(text.charAt(end));
			if (begins && ends) {
				return true;
			}
		}
		return false;
	}

	private static boolean isLatin(char c) {
		return Character.isLetterOrDigit(c) && c < 0x250;
	}

}
