package dev.herald.subscriber;

import java.util.List;

import dev.herald.address.EmailAddress;

/** One row of a subscriber file: taken or not. */
sealed interface CsvRow {

	/**
	 * @param zone IANA; empty where the file says none
	 */
	record Good(EmailAddress address, String name, String zone) implements CsvRow {
	}

	/** Fields as they stood in the file. */
	record Bad(ImportResult.Rejection rejection, List<String> fields) implements CsvRow {
	}

}
