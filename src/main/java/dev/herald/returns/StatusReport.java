package dev.herald.returns;

import java.util.List;

import dev.herald.returns.DeliveryStatus.Group;
import dev.herald.returns.Report.Kind;
import dev.herald.returns.Report.ReportedRecipient;

/**
 * What fields say of each recipient (RFC 3464), with the notice for people where they say
 * too little.
 */
final class StatusReport {

	private StatusReport() {
	}

	static Report of(List<Group> groups, MailPart root, Notice notice) {
		Evidence evidence = new Evidence(notice.lines(), groups.size() == 1);
		String only = (groups.size() == 1 && groups.get(0).address().isEmpty()) ? FailureNotice.only(root, notice) : "";
		List<ReportedRecipient> recipients = groups.stream().map((group) -> recipient(group, only, evidence)).toList();
		return new Report(kind(groups), recipients);
	}

	private static Kind kind(List<Group> groups) {
		if (groups.stream().anyMatch(Group::failed)) {
			return Kind.BOUNCE;
		}
		if (groups.stream().anyMatch(Group::delayed)) {
			return Kind.DELAY;
		}
		return groups.stream().allMatch(Group::arrived) ? Kind.DELIVERED : Kind.OTHER;
	}

	private static ReportedRecipient recipient(Group group, String only, Evidence evidence) {
		String address = group.address().isEmpty() ? only : group.address();
		if (!group.failed() && !group.delayed()) {
			return new ReportedRecipient(address, group.status(), group.action(), BounceClass.NONE,
					BounceReason.NONE.text(), Verdict.line(said(group)));
		}
		Verdict verdict = Verdict.of(group.status(), said(group), evidence.stage(address));
		if (!verdict.clear()) {
			verdict = evidence.about(address, group.status(), verdict);
		}
		return verdict.reported(address, group.status(), group.action());
	}

	private static String said(Group group) {
		return group.diagnostic().isEmpty() ? group.statusField() : group.diagnostic();
	}

}
