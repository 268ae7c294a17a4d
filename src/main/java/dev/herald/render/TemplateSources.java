package dev.herald.render;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import dev.herald.settings.OperatorFiles;
import freemarker.cache.TemplateLoader;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.Resource;
import org.springframework.util.StringUtils;

/** The files below templates/, each read once. Thread-safe. */
final class TemplateSources {

	static final String FOLDER = "templates/";

	private static final Pattern INCLUDED = Pattern.compile("[<\\[]#(?:include|import)\\s+[\"']([^\"'$]+)[\"']");

	private static final Pattern INTERPOLATION = Pattern.compile("\\$\\{[^}]*\\}");

	private final OperatorFiles files;

	/** By name; empty where there is none. */
	private final Map<String, Optional<String>> texts = new ConcurrentHashMap<>();

	TemplateSources(OperatorFiles files) {
		this.files = files;
	}

	SortedMap<String, String> read() {
		SortedMap<String, String> result = new TreeMap<>();
		this.texts.forEach((name, text) -> text.ifPresent((there) -> result.put(name, there)));
		return result;
	}

	/** A file and what it includes by name, as they are now. */
	SortedMap<String, String> read(String name) throws IOException {
		text(name);
		return read();
	}

	/**
	 * File and line of a template that printed a line of the output, as far as its text
	 * says it.
	 */
	Optional<String> lineThatMade(String output) {
		for (Map.Entry<String, String> file : read().entrySet()) {
			List<String> lines = file.getValue().lines().toList();
			for (int i = 0; i < lines.size(); i++) {
				if (isMadeBy(lines.get(i), output)) {
					return Optional.of("%s, line %d".formatted(file.getKey(), i + 1));
				}
			}
		}
		return Optional.empty();
	}

	private static boolean isMadeBy(String line, String output) {
		String[] texts = INTERPOLATION.split(line.strip(), -1);
		String pattern = Arrays.stream(texts).map(Pattern::quote).collect(Collectors.joining(".*"));
		return !String.join("", texts).isBlank() && output.strip().matches(pattern);
	}

	private Optional<String> text(String name) throws IOException {
		Optional<String> known = this.texts.get(name);
		if (known != null) {
			return known;
		}
		Resource file = this.files.find(FOLDER + name);
		Optional<String> text = file.exists() ? Optional.of(content(name, file)) : Optional.empty();
		Optional<String> earlier = this.texts.putIfAbsent(name, text);
		if (earlier == null && text.isPresent()) {
			readIncluded(name, text.get());
		}
		return (earlier != null) ? earlier : text;
	}

	/** So that a branch that some later recipient is the first to take is fixed too. */
	private void readIncluded(String name, String text) throws IOException {
		Matcher included = INCLUDED.matcher(text);
		while (included.find()) {
			String path = included.group(1);
			String whole = path.startsWith("/") ? path.substring(1) : StringUtils.applyRelativePath(name, path);
			// By the name that FreeMarker will ask for, else it is read a second time.
			text(StringUtils.cleanPath(whole));
		}
	}

	private static String content(String name, Resource file) throws IOException {
		try (Reader reader = new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8.newDecoder())) {
			Writer text = new StringWriter();
			reader.transferTo(text);
			return text.toString();
		}
		catch (CharacterCodingException ex) {
			// Not an IOException: FreeMarker would name the file that includes it.
			throw new Problem(Problem.Kind.WORK, Sentence.of("render.template.not-utf-8", FOLDER + name), ex);
		}
	}

	TemplateLoader loader(UnaryOperator<String> change) {
		return new Loader(change);
	}

	private final class Loader implements TemplateLoader {

		private final UnaryOperator<String> change;

		Loader(UnaryOperator<String> change) {
			this.change = change;
		}

		@Override
		public @Nullable Object findTemplateSource(String name) throws IOException {
			return text(name).isPresent() ? name : null;
		}

		@Override
		public long getLastModified(Object source) {
			return -1;
		}

		@Override
		public Reader getReader(Object source, String encoding) throws IOException {
			return new StringReader(this.change.apply(text((String) source).orElseThrow()));
		}

		@Override
		public void closeTemplateSource(Object source) {
		}

	}

}
