package dev.herald.subscriber;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Names of columns in English and Chinese, as lists of all kinds have them.
 */
final class Headers {

	private static final Map<String, ListField> NAMES = names(Map.ofEntries(Map.entry(ListField.EMAIL,
			"email|e mail|email address|e mail address|mail|mail address|subscriber email|邮箱|电子邮箱|邮件|电子邮件|邮箱地址|邮件地址|电子邮件地址|电子邮箱地址|信箱|郵箱|電子郵件|電郵|電子信箱"),
			Map.entry(ListField.NAME, "name|full name|fullname|display name|subscriber name|姓名|名字|名称|昵称|称呼|全名|暱稱|稱呼"),
			Map.entry(ListField.FIRST_NAME, "first name|firstname|fname|given name|givenname|forename|名"),
			Map.entry(ListField.LAST_NAME, "last name|lastname|lname|surname|family name|姓|姓氏"),
			Map.entry(ListField.ZONE, "zone|timezone|time zone|tz|时区|時區"),
			Map.entry(ListField.STATE,
					"state|status|subscription status|subscriber status|subscription state|状态|订阅状态|狀態|訂閱狀態"),
			Map.entry(ListField.SINCE,
					"since|subscribed at|subscribed on|subscribe date|subscription date|subscribed date|signup date|sign up date|signed up at|joined|joined at|date joined|opt in time|optin time|opt in date|created at|created|date created|entered|订阅时间|订阅日期|注册时间|加入时间|訂閱時間|註冊時間"),
			Map.entry(ListField.PAUSED_UNTIL, "paused until|暂停至"),
			Map.entry(ListField.SUBSCRIBED, "subscribed|is subscribed|subscribed to emails|opted in|已订阅|是否订阅|已訂閱"),
			Map.entry(ListField.UNSUBSCRIBED,
					"unsubscribed|is unsubscribed|opted out|opt out|email disabled|已退订|退订|是否退订|已退訂|退訂"),
			Map.entry(ListField.CONFIRMED, "confirmed|is confirmed|double opt in|已确认|是否确认|已確認"),
			Map.entry(ListField.BLOCKED, "blacklisted|blocklisted|blocked|is blacklisted|黑名单|已屏蔽|黑名單"),
			Map.entry(ListField.LEFT_AT,
					"unsubscribed at|unsub time|unsubscribe time|unsubscribe date|unsubscribed date|left at|退订时间|退訂時間"),
			Map.entry(ListField.BOUNCED_AT, "bounced at|bounce date|clean time|cleaned at|退信时间|退信時間"),
			Map.entry(ListField.SUPPRESSION, "suppression"), Map.entry(ListField.SUPPRESSED_SINCE, "suppressed since"),
			Map.entry(ListField.SUPPRESSION_WHY, "suppression why"),
			Map.entry(ListField.ATTRIBUTES, "attributes|attribs")));

	/** Of an address by mail, unless another column is it: some lists keep streets. */
	private static final List<String> WEAK_ADDRESS = List.of("address", "地址");

	private Headers() {
	}

	private static Map<String, ListField> names(Map<ListField, String> byField) {
		Map<String, ListField> names = new HashMap<>();
		byField.forEach((field, list) -> List.of(list.split("\\|", -1)).forEach((name) -> names.put(name, field)));
		return Map.copyOf(names);
	}

	/** E-Mail_Address and e mail address are one name. */
	static String normal(String name) {
		return name.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s_\\-]+", " ").strip();
	}

	static boolean hasAddress(List<String> header) {
		return header.stream()
			.map(Headers::normal)
			.anyMatch((name) -> NAMES.get(name) == ListField.EMAIL || WEAK_ADDRESS.contains(name));
	}

	/** What a column of this name holds; an attribute where nothing else is known. */
	static ListField field(String name, List<String> header) {
		String normal = normal(name);
		if (WEAK_ADDRESS.contains(normal)) {
			boolean other = header.stream().anyMatch((each) -> NAMES.get(normal(each)) == ListField.EMAIL);
			return other ? ListField.ATTRIBUTE : ListField.EMAIL;
		}
		return NAMES.getOrDefault(normal, ListField.ATTRIBUTE);
	}

}
