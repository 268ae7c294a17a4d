package dev.herald.check;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import dev.herald.check.Finding.Check;
import dev.herald.check.Outline.Picture;
import org.jspecify.annotations.Nullable;

/** Pictures that only the site they were copied from shows. */
final class PictureHostChecks implements Checks {

	/** By the end of the host's name: they look at the Referer that a web mail sends. */
	private static final Map<String, String> REFUSING = Map.ofEntries(Map.entry("qpic.cn", "WeChat"),
			Map.entry("qlogo.cn", "WeChat"), Map.entry("sinaimg.cn", "Weibo"), Map.entry("zhimg.com", "Zhihu"),
			Map.entry("csdnimg.cn", "CSDN"), Map.entry("csdn.net", "CSDN"), Map.entry("jianshu.io", "Jianshu"),
			Map.entry("hdslb.com", "Bilibili"), Map.entry("doubanio.com", "Douban"), Map.entry("pximg.net", "Pixiv"),
			Map.entry("imgsrc.baidu.com", "Baidu"), Map.entry("tiebapic.baidu.com", "Baidu"));

	/** The same: what they hand out ends after hours or days. */
	private static final List<String> EXPIRING = List.of("cdn.discordapp.com", "media.discordapp.net", "fbcdn.net",
			"cdninstagram.com", "private-user-images.githubusercontent.com");

	private static final Pattern SIGNED = Pattern.compile("[?&](?:X-Amz-Expires|X-Goog-Expires|Expires|x-expires)=",
			Pattern.CASE_INSENSITIVE);

	/** What stands in a page until a script brings the picture. */
	private static final Pattern PLACEHOLDER = Pattern.compile(
			"(?i)[^?#]*/(?:blank|placeholder|lazy(?:-?load(?:ing)?)?|loading|spacer|gr[ae]y|transparent|pixel|clear|1x1)"
					+ "[-_]?\\d{0,4}\\.(?:gif|png|svg|jpe?g|webp)(?:[?#].*)?");

	@Override
	public void check(CheckedIssue issue, Findings findings) {
		for (Picture picture : issue.outline().pictures()) {
			String name = "The picture %s".formatted(CheckedIssue.brief(picture.destination()));
			if (PLACEHOLDER.matcher(picture.destination()).matches() && picture.waiting().isEmpty()) {
				findings.warn(Check.LAZY_PICTURE, picture.line(), name + " looks like a placeholder.",
						"A script would put the real picture in its place, and no mail reader runs scripts.",
						"Open the page it comes from, and copy the address of the picture itself.");
			}
			host(picture, name, issue, findings);
		}
	}

	private static void host(Picture picture, String name, CheckedIssue issue, Findings findings) {
		String host = issue.online()
			.question(picture.destination(), true)
			.map((question) -> question.address().getHost().toLowerCase(Locale.ROOT))
			.orElse("");
		String site = site(host);
		if (site != null) {
			findings.warn(Check.PICTURE_HOST, picture.line(), name + " is on a server of %s.".formatted(site),
					"It shows its pictures on its own pages only; in a web mail a notice or nothing comes instead.",
					"Put a copy of the picture on your own server, and write that address.");
		}
		else if (EXPIRING.stream().anyMatch((end) -> endsWith(host, end))
				|| SIGNED.matcher(picture.destination()).find()) {
			findings.warn(Check.PICTURE_HOST, picture.line(), name + " has an address that expires.",
					"Who reads the mail some days later sees no picture.",
					"Put a copy of the picture on your own server, and write that address.");
		}
	}

	private static @Nullable String site(String host) {
		return REFUSING.entrySet()
			.stream()
			.filter((site) -> endsWith(host, site.getKey()))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse(null);
	}

	private static boolean endsWith(String host, String end) {
		return host.equals(end) || host.endsWith("." + end);
	}

}
