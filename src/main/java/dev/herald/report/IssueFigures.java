package dev.herald.report;

import java.time.Instant;

/**
 * What comparing issues takes, of one that was sent.
 *
 * @param sentAt when its first send began
 * @param dead recipients with a hard bounce
 * @param left readers who unsubscribed by it
 * @param complaints readers who reported it as spam
 */
public record IssueFigures(int issueId, String slug, String title, Instant sentAt, int recipients, int accepted,
		int rejected, int dead, int left, int complaints) {

	/** In per cent of the recipients. */
	public double acceptedShare() {
		return share(this.accepted);
	}

	public double deadShare() {
		return share(this.dead);
	}

	public double leftShare() {
		return share(this.left);
	}

	public double complaintShare() {
		return share(this.complaints);
	}

	private double share(int number) {
		return (this.recipients == 0) ? 0 : number * 100.0 / this.recipients;
	}

}
