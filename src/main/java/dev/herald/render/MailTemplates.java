package dev.herald.render;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import dev.herald.css.CssException;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import dev.herald.settings.OperatorFiles;
import freemarker.cache.StrongCacheStorage;
import freemarker.cache.TemplateLoader;
import freemarker.core.ParseException;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.SimpleObjectWrapper;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import freemarker.template.TemplateNotFoundException;
import org.jspecify.annotations.Nullable;

import static dev.herald.render.TemplateSources.FOLDER;

/**
 * The templates that operators edit, as they are when an issue is compiled: each file is
 * read once, so that an edit counts for the next issue and not within a send. They see
 * text and maps only: no template can make a Java object or call one. Thread-safe.
 */
final class MailTemplates {

	/** In characters. Stops a template that never ends; Gmail shows the first 102 kB. */
	private static final int MAX_OUTPUT = 16 * 1024 * 1024;

	private final TemplateSources sources;

	private final Configuration plain;

	private final Configuration withCalls;

	MailTemplates(OperatorFiles files) {
		this.sources = new TemplateSources(files);
		this.plain = configuration(this.sources.loader(UnaryOperator.identity()));
		this.withCalls = configuration(this.sources.loader(Interpolations::wrapped));
	}

	private static Configuration configuration(TemplateLoader loader) {
		Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
		configuration.setTemplateLoader(loader);
		configuration.setCacheStorage(new StrongCacheStorage());
		configuration.setTemplateUpdateDelayMilliseconds(Long.MAX_VALUE);
		configuration.setLocalizedLookup(false);
		configuration.setDefaultEncoding(StandardCharsets.UTF_8.name());
		configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
		configuration.setAPIBuiltinEnabled(false);
		configuration.setObjectWrapper(new SimpleObjectWrapper(Configuration.VERSION_2_3_34));
		configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
		configuration.setURLEscapingCharset(StandardCharsets.UTF_8.name());
		configuration.setLogTemplateExceptions(false);
		// What #attempt catches could name a recipient in the log.
		configuration.setAttemptExceptionReporter((ex, environment) -> {
		});
		configuration.setWrapUncheckedExceptions(true);
		return configuration;
	}

	/**
	 * @param name below templates/; .ftlh escapes for HTML, .ftl does not
	 * @throws Problem naming file, line and column
	 */
	String render(String name, Map<String, Object> model) {
		Writer out = output();
		process(this.plain, name, model, out);
		return out.toString();
	}

	/**
	 * The same with each interpolation that may differ wrapped in a call of
	 * {@link Interpolations#CALL}.
	 * @param out from {@link #output}
	 */
	void renderWithCalls(String name, Map<String, Object> model, Writer out) {
		process(this.withCalls, name, model, out);
	}

	/** A place for one rendering; its toString is the text. */
	static Writer output() {
		return new Limited();
	}

	/** Every file that was read so far or is included by one, by name. */
	SortedMap<String, String> sources() {
		return this.sources.read();
	}

	/** Names the line of a template that made some CSS that can't be read. */
	Problem unreadable(String name, CssException ex) {
		String place = this.sources.lineThatMade(ex.line()).orElse(name);
		return problem(
				Sentence.of("render.css", FOLDER + place, ex.line(), firstSentence(String.valueOf(ex.getMessage()))),
				ex);
	}

	private static void process(Configuration configuration, String name, Map<String, Object> model, Writer out) {
		try {
			configuration.getTemplate(name).process(model, out);
		}
		catch (TemplateNotFoundException ex) {
			throw problem(Sentence.of("render.template.none", FOLDER + ex.getTemplateName()), ex);
		}
		catch (ParseException ex) {
			throw unparsable(name, ex);
		}
		catch (TemplateException ex) {
			throw failed(name, ex);
		}
		catch (IOException ex) {
			throw problem(Sentence.of("render.template.unreadable", FOLDER + name, String.valueOf(ex.getMessage())),
					ex);
		}
		catch (StackOverflowError ex) {
			throw problem(Sentence.of("render.template.endless", FOLDER + name), ex);
		}
	}

	private static Problem failed(String name, TemplateException ex) {
		if (ex.getCause() instanceof Problem unreadable) {
			return unreadable;
		}
		if (ex.getCause() instanceof ParseException included) {
			return unparsable(name, included);
		}
		return problem(at(ex.getTemplateSourceName(), name, ex.getLineNumber(), ex.getColumnNumber(),
				ex.getMessageWithoutStackTop()), ex);
	}

	private static Problem unparsable(String name, ParseException ex) {
		return problem(at(ex.getTemplateName(), name, ex.getLineNumber(), ex.getColumnNumber(), ex.getEditorMessage()),
				ex);
	}

	/** FreeMarker names what is missing on a second line, behind an arrow. */
	private static String firstSentence(String message) {
		String sentence = message.lines()
			.limit(2)
			.filter((line) -> !line.isBlank() && !line.startsWith("-"))
			.map((line) -> line.replace("==>", "").replaceAll("\\[in template .*", "").strip())
			.collect(Collectors.joining(" "));
		return sentence.endsWith(".") ? sentence : sentence + ".";
	}

	private static Sentence at(@Nullable String named, String name, @Nullable Integer line, @Nullable Integer column,
			@Nullable String message) {
		String what = (message != null) ? firstSentence(message) : "error";
		return Sentence.of("render.template", FOLDER + ((named != null) ? named : name), String.valueOf(line),
				String.valueOf(column), what.endsWith(".") ? what : what + ".");
	}

	private static Problem problem(Sentence sentence, Throwable cause) {
		return new Problem(Problem.Kind.WORK, sentence, cause);
	}

	private static final class Limited extends Writer {

		private final StringBuilder text = new StringBuilder();

		@Override
		public void write(char[] characters, int from, int length) throws IOException {
			if (this.text.length() + length > MAX_OUTPUT) {
				throw new IOException("it writes more than " + MAX_OUTPUT + " characters.");
			}
			this.text.append(characters, from, length);
		}

		@Override
		public void flush() {
		}

		@Override
		public void close() {
		}

		@Override
		public String toString() {
			return this.text.toString();
		}

	}

}
