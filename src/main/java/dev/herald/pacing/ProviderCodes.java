package dev.herald.pacing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The codes of Herald's own providers. Ledgers hold them: a code never changes and is
 * never used again, and a new name goes to the end.
 */
final class ProviderCodes {

	static final int FIRST_OF_OPERATORS = 64;

	static final int LAST_OF_OPERATORS = 127;

	/** From code 1 on; 63 at most. */
	private static final List<String> OWN = List.of("gmail", "outlook", "yahoo", "icloud", "qq", "netease", "gmx",
			"mailru", "yandex", "proton", "zoho", "sina", "naver", "comcast", "orange", "t-online", "laposte", "libero",
			"yahoo-japan", "free", "sfr", "sohu", "daum", "seznam", "wp", "onet", "fastmail", "aliyun", "mimecast");

	private static final Map<String, Integer> BY_NAME = byName();

	private ProviderCodes() {
	}

	/** 0 where Herald has no such provider of its own. */
	static int ofOwn(String name) {
		return BY_NAME.getOrDefault(name, 0);
	}

	private static Map<String, Integer> byName() {
		Map<String, Integer> codes = new HashMap<>();
		for (String name : OWN) {
			codes.put(name, codes.size() + 1);
		}
		return Map.copyOf(codes);
	}

}
