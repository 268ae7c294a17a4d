package dev.herald.settings;

import java.io.IOException;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.SystemEnvironmentOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;

/**
 * Where the value of a setting comes from.
 *
 * @param detail the file and its line, or the name of the variable; empty for a default
 */
public record Origin(Kind kind, String detail) {

	public static final Origin DEFAULT = new Origin(Kind.DEFAULT, "");

	static Origin of(org.springframework.boot.origin.@Nullable Origin origin) {
		org.springframework.boot.origin.Origin inner = inner(origin);
		if (inner instanceof TextResourceOrigin text) {
			return inFile(text);
		}
		if (inner instanceof SystemEnvironmentOrigin variable) {
			return new Origin(Kind.ENVIRONMENT, variable.getProperty());
		}
		return new Origin(Kind.START,
				(inner instanceof PropertySourceOrigin property) ? property.getPropertyName() : String.valueOf(inner));
	}

	private static org.springframework.boot.origin.@Nullable Origin inner(
			org.springframework.boot.origin.@Nullable Origin origin) {
		return (origin instanceof PropertySourceOrigin outer && outer.getOrigin() != null) ? outer.getOrigin() : origin;
	}

	private static Origin inFile(TextResourceOrigin text) {
		Resource resource = text.getResource();
		while (resource instanceof org.springframework.boot.origin.OriginTrackedResource tracked) {
			resource = tracked.getResource();
		}
		if (resource == null || resource instanceof ClassPathResource) {
			return DEFAULT;
		}
		TextResourceOrigin.Location location = text.getLocation();
		return new Origin(Kind.FILE, name(resource) + ((location != null) ? ":" + (location.getLine() + 1) : ""));
	}

	/** With its folder, as far as one is needed to tell batch/ from the rest. */
	private static String name(Resource resource) {
		try {
			Path file = resource.getFile().toPath().toAbsolutePath().normalize();
			return (file.getNameCount() > 1)
					? file.subpath(file.getNameCount() - 2, file.getNameCount()).toString().replace('\\', '/')
					: file.toString();
		}
		catch (IOException ex) {
			return String.valueOf(resource.getFilename());
		}
	}

	/** What kind of place it is. */
	public enum Kind {

		/** Herald's own. */
		DEFAULT,

		/** A file of the operator's: in batch/, or application.yaml. */
		FILE,

		ENVIRONMENT,

		/** The command that Herald was started by, or its system properties. */
		START,

		/** Changed while Herald runs, and kept in the database. */
		RUN_TIME

	}

}
