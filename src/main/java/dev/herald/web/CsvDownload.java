package dev.herald.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import de.siegmar.fastcsv.writer.CsvWriter;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;

import dev.herald.subscriber.SpreadsheetCell;

/**
 * A CSV file (RFC 4180, UTF-8) that is written to a response while it is made. Cells that
 * a spreadsheet would take for a formula are defused. For one thread.
 */
final class CsvDownload implements AutoCloseable {

	private final CsvWriter writer;

	private CsvDownload(CsvWriter writer) {
		this.writer = writer;
	}

	static CsvDownload to(HttpServletResponse response, String fileName) throws IOException {
		response.setContentType("text/csv;charset=UTF-8");
		response.setHeader(HttpHeaders.CONTENT_DISPOSITION, disposition(fileName));
		return new CsvDownload(CsvWriter.builder().build(response.getWriter()));
	}

	static String disposition(String fileName) {
		return ContentDisposition.attachment().filename(fileName, StandardCharsets.UTF_8).build().toString();
	}

	void line(List<String> cells) {
		this.writer.writeRecord(cells.stream().map(SpreadsheetCell::write).toList());
	}

	@Override
	public void close() {
		try {
			this.writer.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
