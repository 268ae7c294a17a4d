package dev.herald.returns;

import dev.herald.returns.Report.ReportedRecipient;

/**
 * What somebody else tells of a mail, such as a provider by an event. The reply in it is
 * judged by the same codes and words as one in a report that comes by mail.
 */
public final class ToldReply {

	private ToldReply() {
	}

	/**
	 * A mail that was given up.
	 * @param address as told; may be empty
	 * @param status as told; what is no enhanced status code is passed over
	 * @param reply of the server that refused; empty where none is told
	 * @param otherwise the reason where code and reply say nothing
	 * @param told what the teller calls it: the evidence where there is no reply
	 */
	public static ReportedRecipient failed(String address, String status, String reply, BounceReason otherwise,
			String told) {
		Verdict verdict = Verdict.of(StatusCodes.enhanced(status), reply, Stage.UNKNOWN);
		if (verdict.reason() == BounceReason.UNDEFINED) {
			verdict = new Verdict(otherwise, verdict.permanent(), true, reply.isBlank() ? told : reply);
		}
		return verdict.reported(DeliveryStatus.address(address), code(status, reply), "failed");
	}

	/** A mail that another try will follow for. */
	public static ReportedRecipient delayed(String address, String status, String reply) {
		return Verdict.of(StatusCodes.enhanced(status), reply, Stage.UNKNOWN)
			.reported(DeliveryStatus.address(address), code(status, reply), "delayed");
	}

	private static String code(String status, String reply) {
		String code = StatusCodes.enhanced(status);
		return code.isEmpty() ? StatusCodes.enhanced(reply) : code;
	}

	/** A mail that a server took. */
	public static ReportedRecipient delivered(String address, String reply) {
		return new ReportedRecipient(DeliveryStatus.address(address), StatusCodes.enhanced(reply), "delivered",
				BounceClass.NONE, BounceReason.NONE.text(), Verdict.line(reply));
	}

	/**
	 * A mail that its reader has reported.
	 * @param told what the teller calls it
	 */
	public static ReportedRecipient complained(String address, String told) {
		return new ReportedRecipient(DeliveryStatus.address(address), "", "", BounceClass.NONE,
				BounceReason.COMPLAINT.text(), Verdict.line(told));
	}

	/**
	 * What is neither: an automatic answer, a challenge.
	 * @param told what the teller calls it
	 */
	public static ReportedRecipient nothing(String address, String told) {
		return new ReportedRecipient(DeliveryStatus.address(address), "", "", BounceClass.NONE,
				BounceReason.NONE.text(), Verdict.line(told));
	}

}
