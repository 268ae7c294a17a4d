package dev.herald.signup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.Set;

import dev.herald.address.EmailAddress;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Domains whose addresses can't sign up, such as those of disposable mailboxes: one a
 * line of the operator's file, {@code #} before a remark; those below a domain are meant
 * too. Read when Herald starts, and again when the file has changed. Thread-safe.
 */
@Component
class RefusedDomains {

	private static final Logger logger = LoggerFactory.getLogger(RefusedDomains.class);

	private final @Nullable Path file;

	private volatile Domains domains = new Domains(FileTime.fromMillis(0), Set.of());

	/**
	 * @throws Problem where there is a file and it can't be read, or a line is no domain
	 */
	RefusedDomains(SignUpSettings settings) {
		this.file = settings.refusedDomainsFile();
		if (this.file != null) {
			this.domains = read(this.file);
		}
	}

	private static Domains read(Path file) {
		try {
			FileTime changed = Files.getLastModifiedTime(file);
			Set<String> names = new HashSet<>();
			int number = 0;
			for (String line : Files.readAllLines(file)) {
				number++;
				String name = line.replaceFirst("#.*", "").strip();
				if (!name.isEmpty()) {
					int at = number;
					names.add(EmailAddress.tryParse("x@" + name)
						.map(EmailAddress::domain)
						.orElseThrow(() -> Problem.usage(Sentence.of("signup.domains.line", file.toString(), at))));
				}
			}
			return new Domains(changed, Set.copyOf(names));
		}
		catch (IOException ex) {
			throw new Problem(Problem.Kind.USAGE, Sentence.of("signup.domains.file", file.toString(), ex.toString()),
					ex);
		}
	}

	boolean refuse(EmailAddress address) {
		Set<String> names = current().names();
		String domain = address.domain();
		int dot = domain.indexOf('.');
		while (!names.contains(domain) && dot >= 0) {
			domain = domain.substring(dot + 1);
			dot = domain.indexOf('.');
		}
		return names.contains(domain);
	}

	/** A file that was broken while Herald runs is reported, and the last one holds. */
	private Domains current() {
		Path path = this.file;
		if (path == null) {
			return this.domains;
		}
		try {
			if (!Files.getLastModifiedTime(path).equals(this.domains.changed())) {
				this.domains = read(path);
			}
		}
		catch (Problem ex) {
			logger.warn("{} What it said before holds.", ex.getMessage());
			this.domains = new Domains(changed(path), this.domains.names());
		}
		catch (IOException ex) {
			logger.debug("{} is away at the moment", path, ex);
		}
		return this.domains;
	}

	private static FileTime changed(Path path) {
		try {
			return Files.getLastModifiedTime(path);
		}
		catch (IOException ex) {
			return FileTime.fromMillis(0);
		}
	}

	private record Domains(FileTime changed, Set<String> names) {
	}

}
