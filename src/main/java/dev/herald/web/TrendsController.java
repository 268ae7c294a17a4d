package dev.herald.web;

import java.time.Clock;
import java.util.List;
import java.util.Map;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.Newsletters;
import dev.herald.report.Comparison;
import dev.herald.report.IssueFigures;
import dev.herald.report.Trends;
import dev.herald.tracking.Engagements;

/**
 * The reports of a newsletter, and what they come to over time: growth, churn,
 * engagement, deliverability. For admins.
 */
@Controller
class TrendsController {

	/** Half a year. */
	private static final int WEEKS = 26;

	private static final int ISSUES = 20;

	private final Newsletters newsletters;

	private final Trends trends;

	private final Comparison comparison;

	private final Engagements engagements;

	private final Clock clock;

	TrendsController(Newsletters newsletters, Trends trends, Comparison comparison, Engagements engagements,
			Clock clock) {
		this.newsletters = newsletters;
		this.trends = trends;
		this.comparison = comparison;
		this.engagements = engagements;
		this.clock = clock;
	}

	@GetMapping("/newsletters/{key}/reports")
	String trends(@PathVariable String key, Model model) {
		Newsletter newsletter = this.newsletters.require(key);
		List<IssueFigures> issues = this.comparison.latest(newsletter.id(), ISSUES);
		List<Integer> ids = issues.stream().map(IssueFigures::issueId).toList();
		Map<Integer, List<Engagements.Count>> engagement = this.engagements.of(ids);
		model.addAttribute("newsletter", newsletter);
		model.addAttribute("now", this.clock.instant());
		model.addAttribute("weeks", this.trends.weeks(newsletter.id(), WEEKS));
		model.addAttribute("issues", issues);
		model.addAttribute("engagement",
				issues.stream()
					.filter((issue) -> engagement.containsKey(issue.issueId()))
					.map((issue) -> Map.of("issue", issue, "counts", engagement.get(issue.issueId())))
					.toList());
		model.addAttribute("providers",
				this.comparison.byProvider(ids).stream().map((one) -> ProviderLine.of(one, 0, 0)).toList());
		return "reports";
	}

}
