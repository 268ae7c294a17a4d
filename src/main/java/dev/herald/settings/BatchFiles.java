package dev.herald.settings;

import java.util.Map;

import dev.herald.problem.Problem;
import jakarta.validation.Validator;

/**
 * Reads the values of one job from batch/NAME.yaml into its record. Every key must be
 * known and every value in its limits: a typo fails at start, naming file and key. What
 * an operator's file leaves out is as in the packaged one.
 */
public final class BatchFiles {

	private final OperatorFiles files;

	private final Validator validator;

	public BatchFiles(OperatorFiles files, Validator validator) {
		this.files = files;
		this.validator = validator;
	}

	/**
	 * @throws Problem naming the file and the key
	 */
	public <T> T read(String job, Class<T> type) {
		return open(job).read(type, Map.of());
	}

	/**
	 * @throws Problem naming the file
	 */
	public BatchFile open(String job) {
		return new BatchFile(job, this.files, this.validator);
	}

}
