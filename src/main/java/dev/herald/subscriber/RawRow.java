package dev.herald.subscriber;

import java.util.List;

import dev.herald.problem.Sentence;
import org.jspecify.annotations.Nullable;

/**
 * One row of a list as it stands in the file.
 *
 * @param line on which it begins, from 1
 * @param fault why it can't be read; its only field is then the line itself
 */
record RawRow(long line, List<String> fields, @Nullable Sentence fault) {

	String field(int index) {
		return (index >= 0 && index < this.fields.size()) ? this.fields.get(index) : "";
	}

	boolean isBlank() {
		return this.fault == null && this.fields.stream().allMatch(String::isBlank);
	}

}
