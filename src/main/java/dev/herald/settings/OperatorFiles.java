package dev.herald.settings;

import java.nio.file.Files;
import java.nio.file.Path;

import org.springframework.boot.system.ApplicationHome;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;

/**
 * Finds the files that operators edit: templates/ and batch/. Both are packaged in the
 * jar, so that it runs from any folder; a file of the same name beside the jar wins.
 * Thread-safe.
 */
public final class OperatorFiles {

	private final Path home;

	/**
	 * @param home the folder that holds templates/ and batch/
	 */
	public OperatorFiles(Path home) {
		this.home = home.toAbsolutePath().normalize();
	}

	/**
	 * @param home the setting herald.home; where it is blank, beside the jar
	 */
	public static OperatorFiles in(String home) {
		return home.isBlank() ? besideTheJar() : new OperatorFiles(Path.of(home));
	}

	/** Beside the jar, or in the working directory when Herald runs from classes. */
	public static OperatorFiles besideTheJar() {
		ApplicationHome application = new ApplicationHome(OperatorFiles.class);
		boolean packaged = application.getSource() != null && application.getSource().isFile();
		return new OperatorFiles(packaged ? application.getDir().toPath() : Path.of(""));
	}

	/**
	 * @param name a relative path with forward slashes, such as batch/send-issue.yaml
	 * @return the operator's file, else the packaged one, which may not exist
	 */
	public Resource find(String name) {
		Path file = this.home.resolve(name).normalize();
		return (file.startsWith(this.home) && Files.isRegularFile(file)) ? new FileSystemResource(file)
				: packaged(name);
	}

	/** The packaged file of that name, whether or not an operator has another. */
	public static Resource packaged(String name) {
		return new ClassPathResource(name);
	}

	public Path home() {
		return this.home;
	}

}
