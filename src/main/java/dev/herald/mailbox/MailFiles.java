package dev.herald.mailbox;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.herald.address.EmailAddress;
import dev.herald.problem.Problem;
import dev.herald.settings.Installation;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeUtility;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * The mails as files, one each, whose names sort by time. Thread-safe, also between
 * processes on one folder.
 */
@Component
public final class MailFiles {

	/** Room for two of the largest rehearsals and more. */
	private static final int MOST_KEPT = 5_000;

	private static final Pattern ID = Pattern.compile("[0-9]{13}-[0-9]+-[0-9]{6}");

	private static final String SUFFIX = ".eml";

	private final Path folder;

	private final AtomicInteger sequence = new AtomicInteger();

	MailFiles(Installation installation) {
		this.folder = installation.dataDir().resolve("mailbox");
	}

	void store(byte[] mail) {
		String id = "%013d-%d-%06d".formatted(System.currentTimeMillis(), ProcessHandle.current().pid(),
				this.sequence.incrementAndGet() % 1_000_000);
		try {
			Files.createDirectories(this.folder);
			Path part = Files.write(this.folder.resolve(id + ".part"), mail);
			Files.move(part, this.folder.resolve(id + SUFFIX), StandardCopyOption.ATOMIC_MOVE);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The built-in mailbox can't write below " + this.folder, ex);
		}
	}

	List<StoredMail> list(int skip, int limit) {
		return newestFirst().stream().skip(skip).limit(limit).map(this::describe).toList();
	}

	int count() {
		return newestFirst().size();
	}

	private List<Path> newestFirst() {
		if (!Files.isDirectory(this.folder)) {
			return List.of();
		}
		try (Stream<Path> files = Files.list(this.folder)) {
			return files.filter((file) -> file.toString().endsWith(SUFFIX))
				.sorted(Comparator.comparing((Path file) -> file.getFileName().toString()).reversed())
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The built-in mailbox can't be listed: " + this.folder, ex);
		}
	}

	private StoredMail describe(Path file) {
		String name = file.getFileName().toString();
		String id = name.substring(0, name.length() - SUFFIX.length());
		try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
			InternetHeaders headers = new InternetHeaders(in, true);
			return new StoredMail(id, EmailAddress.parse(first(headers, "Delivered-To")),
					MimeUtility.decodeText(first(headers, "Subject")),
					Instant.ofEpochMilli(Long.parseLong(id.substring(0, 13))));
		}
		catch (IOException | MessagingException ex) {
			throw new Problem(Problem.Kind.WORK, "The mail %s in the built-in mailbox can't be read.".formatted(id),
					ex);
		}
	}

	private static String first(InternetHeaders headers, String name) {
		String @Nullable [] values = headers.getHeader(name);
		return (values != null) ? MimeUtility.unfold(values[0]) : "";
	}

	byte[] read(String id) {
		Path file = this.folder.resolve(id + SUFFIX);
		if (!ID.matcher(id).matches() || !Files.isRegularFile(file)) {
			throw Problem.usage("The built-in mailbox has no such mail. It keeps the newest %,d.".formatted(MOST_KEPT));
		}
		try {
			return Files.readAllBytes(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("A mail in the built-in mailbox can't be read: " + file, ex);
		}
	}

	/** Deletes all but the newest. */
	void prune() {
		newestFirst().stream().skip(MOST_KEPT).forEach(MailFiles::delete);
	}

	private static void delete(Path file) {
		try {
			Files.deleteIfExists(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("A mail in the built-in mailbox can't be deleted: " + file, ex);
		}
	}

	/**
	 * Deletes the mails to an address, however it was written.
	 * @return how many they were
	 */
	public int forget(EmailAddress address) {
		List<Path> theirs = newestFirst().stream().filter((file) -> isTo(address, file)).toList();
		theirs.forEach(MailFiles::delete);
		return theirs.size();
	}

	private static boolean isTo(EmailAddress address, Path file) {
		try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
			return EmailAddress.tryParse(first(new InternetHeaders(in, true), "Delivered-To"))
				.filter((to) -> to.matchKey().equals(address.matchKey()))
				.isPresent();
		}
		catch (NoSuchFileException ex) {
			// Another process has deleted it as one of the oldest.
			return false;
		}
		catch (IOException | MessagingException ex) {
			throw new Problem(Problem.Kind.WORK,
					"A mail in the built-in mailbox can't be read: %s. Make it readable, or delete it.".formatted(file),
					ex);
		}
	}

}
