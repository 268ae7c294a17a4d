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

	static String charts() {
		return own("charts.js");
	}

	static String editor() {
		return own("editor.js");
	}

	private static String own(String name) {
		CRC32 checksum = new CRC32();
		checksum.update(read("static/" + name));
		return "/" + name + "?v=" + Long.toHexString(checksum.getValue());
	}

	static String htmx() {
		return webjar("htmx.org", "dist/htmx.min.js");
	}

	static String uPlot() {
		return webjar("uplot", "dist/uPlot.iife.min.js");
	}

	static String uPlotStyle() {
		return webjar("uplot", "dist/uPlot.min.css");
	}

	/** The version is the one that the build took. */
	private static String webjar(String name, String file) {
		Properties webjar = new Properties();
		try (InputStream in = new ClassPathResource("META-INF/maven/org.webjars.npm/" + name + "/pom.properties")
			.getInputStream()) {
			webjar.load(in);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The webjar of " + name + " is not on the class path", ex);
		}
		return "/webjars/" + name + "/" + webjar.getProperty("version") + "/" + file;
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
