package dev.herald.returns;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Looks in the text of a notice for what decided about one recipient: the reply of the
 * other server, else the lines about the address, else all of it where there is one
 * recipient only.
 */
final class Evidence {

	/** Of lines about one recipient. */
	private static final int MAX_SECTION = 30;

	private final List<String> lines;

	private final boolean alone;

	private final Stage stage;

	/**
	 * @param alone whether the whole notice is about one recipient
	 */
	Evidence(List<String> lines, boolean alone) {
		this.lines = lines;
		this.alone = alone;
		this.stage = alone ? stageOfAll(lines) : Stage.UNKNOWN;
	}

	private static Stage stageOfAll(List<String> lines) {
		Stage stage = Stage.of(lines);
		return (stage != Stage.UNKNOWN) ? stage : Stage.of(Words.of(String.join(" ", lines)));
	}

	/** What the other side was answering to when it refused this address. */
	Stage stage(String address) {
		return stageOf(section(address));
	}

	private Stage stageOf(List<String> section) {
		Stage stage = Stage.of(section);
		if (stage == Stage.UNKNOWN) {
			stage = Stage.of(Words.of(String.join(" ", section)));
		}
		return (stage == Stage.UNKNOWN) ? this.stage : stage;
	}

	/** The clearest verdict that the notice gives, or the given one where it has none. */
	Verdict about(String address, String status, Verdict otherwise) {
		Verdict best = otherwise;
		List<String> section = section(address);
		Stage at = stageOf(section);
		for (String text : texts(section)) {
			Verdict verdict = Verdict.of(status, text, at);
			if (verdict.clear()) {
				return verdict;
			}
			if (best.reason() == BounceReason.UNDEFINED) {
				best = verdict;
			}
		}
		return best;
	}

	private List<String> texts(List<String> section) {
		List<String> texts = new ArrayList<>();
		texts.addAll(replies(section));
		texts.add(String.join(" ", section));
		if (this.alone) {
			texts.addAll(replies(this.lines));
			texts.add(String.join(" ", this.lines));
		}
		texts.removeIf(String::isBlank);
		return texts;
	}

	/** From each line that has a reply code to the end of that paragraph. */
	private static List<String> replies(List<String> lines) {
		List<String> replies = new ArrayList<>();
		StringBuilder reply = new StringBuilder();
		for (String line : lines) {
			int code = reply.isEmpty() ? StatusCodes.replyAt(line) : 0;
			if (line.isBlank()) {
				add(replies, reply);
			}
			else if (code >= 0) {
				reply.append(line, code, line.length()).append(' ');
			}
		}
		add(replies, reply);
		return replies;
	}

	private static void add(List<String> replies, StringBuilder reply) {
		if (!reply.isEmpty() && replies.size() < 5) {
			replies.add(reply.toString());
		}
		reply.setLength(0);
	}

	/** The lines that name the address, and those after it up to another address. */
	private List<String> section(String address) {
		List<String> section = new ArrayList<>();
		String own = address.toLowerCase(Locale.ROOT);
		boolean inside = false;
		for (String line : this.lines) {
			List<AddressScan.Found> found = AddressScan.in(line);
			boolean names = found.stream().anyMatch((one) -> one.address().equalsIgnoreCase(own));
			boolean blankEnds = line.isBlank() && section.size() > 1;
			inside = names || (inside && found.isEmpty() && !blankEnds);
			if (inside && section.size() < MAX_SECTION) {
				section.add(line);
			}
		}
		return section;
	}

}
