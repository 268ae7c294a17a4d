package dev.herald.check;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import dev.herald.check.Finding.Check;
import dev.herald.check.Outline.Picture;
import dev.herald.problem.Sentence;
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
			Sentence name = PictureChecks.name(picture.destination());
			if (PLACEHOLDER.matcher(picture.destination()).matches() && picture.waiting().isEmpty()) {
				findings.warn(Check.LAZY_PICTURE, picture.line(), Sentence.of("check.placeholder", name),
						Sentence.of("check.placeholder.why"), Sentence.of("check.placeholder.mend"));
			}
			host(picture, name, issue, findings);
		}
	}

	private static void host(Picture picture, Sentence name, CheckedIssue issue, Findings findings) {
		String host = issue.online()
			.question(picture.destination(), true)
			.map((question) -> question.address().getHost().toLowerCase(Locale.ROOT))
			.orElse("");
		String site = site(host);
		if (site != null) {
			findings.warn(Check.PICTURE_HOST, picture.line(), Sentence.of("check.picture-host", name, site),
					Sentence.of("check.picture-host.why"), Sentence.of("check.picture-host.mend"));
		}
		else if (EXPIRING.stream().anyMatch((end) -> endsWith(host, end))
				|| SIGNED.matcher(picture.destination()).find()) {
			findings.warn(Check.PICTURE_HOST, picture.line(), Sentence.of("check.picture-host.expiring", name),
					Sentence.of("check.picture-host.expiring.why"), Sentence.of("check.picture-host.mend"));
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
