package dev.herald.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.zip.CRC32;

import org.springframework.core.io.ClassPathResource;

/**
 * The addresses of the files that pages load. Each changes with the file's content, so
 * that browsers may keep them.
 */
final class StaticFiles {

	private StaticFiles() {
	}

	static String stylesheet() {
		return own("herald.css");
	}

	static String editor() {
		return own("editor.js");
	}

	private static String own(String name) {
		CRC32 checksum = new CRC32();
		checksum.update(read("static/" + name));
		return "/" + name + "?v=" + Long.toHexString(checksum.getValue());
	}

	/** The version is the one that the build took. */
	static String htmx() {
		Properties webjar = new Properties();
		try (InputStream in = new ClassPathResource("META-INF/maven/org.webjars.npm/htmx.org/pom.properties")
			.getInputStream()) {
			webjar.load(in);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The webjar of htmx.org is not on the class path", ex);
		}
		return "/webjars/htmx.org/" + webjar.getProperty("version") + "/dist/htmx.min.js";
	}

	private static byte[] read(String resource) {
		try {
			return new ClassPathResource(resource).getContentAsByteArray();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(resource + " is not on the class path", ex);
		}
	}

}
