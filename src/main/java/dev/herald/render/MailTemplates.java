package dev.herald.render;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

import dev.herald.problem.Problem;
import dev.herald.settings.OperatorFiles;
import freemarker.cache.NullCacheStorage;
import freemarker.cache.TemplateLoader;
import freemarker.core.ParseException;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.SimpleObjectWrapper;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import freemarker.template.TemplateNotFoundException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.Resource;

/**
 * The templates that operators edit. They see text and maps only: no template can make a
 * Java object or call one. Read anew each time, so that an edit counts for the next
 * issue. Thread-safe.
 */
final class MailTemplates {

	/** In characters. Stops a template that never ends; Gmail shows the first 102 kB. */
	private static final int MAX_OUTPUT = 16 * 1024 * 1024;

	private static final String FOLDER = "templates/";

	private final Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);

	MailTemplates(OperatorFiles files) {
		this.configuration.setTemplateLoader(new Loader(files));
		this.configuration.setCacheStorage(NullCacheStorage.INSTANCE);
		this.configuration.setLocalizedLookup(false);
		this.configuration.setDefaultEncoding(StandardCharsets.UTF_8.name());
		this.configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
		this.configuration.setAPIBuiltinEnabled(false);
		this.configuration.setObjectWrapper(new SimpleObjectWrapper(Configuration.VERSION_2_3_34));
		this.configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
		this.configuration.setLogTemplateExceptions(false);
		this.configuration.setWrapUncheckedExceptions(true);
	}

	/**
	 * @param name below templates/; .ftlh escapes for HTML, .ftl does not
	 * @throws Problem naming file, line and column
	 */
	String render(String name, Map<String, Object> model) {
		try {
			Limited out = new Limited();
			this.configuration.getTemplate(name).process(model, out);
			return out.toString();
		}
		catch (TemplateNotFoundException ex) {
			throw problem("There is no template %s%s. Put it beside the jar.".formatted(FOLDER, ex.getTemplateName()),
					ex);
		}
		catch (ParseException ex) {
			throw problem(
					at(ex.getTemplateName(), name, ex.getLineNumber(), ex.getColumnNumber(), ex.getEditorMessage()),
					ex);
		}
		catch (TemplateException ex) {
			throw problem(at(ex.getTemplateSourceName(), name, ex.getLineNumber(), ex.getColumnNumber(),
					ex.getMessageWithoutStackTop()), ex);
		}
		catch (IOException ex) {
			throw problem("%s%s: %s".formatted(FOLDER, name, ex.getMessage()), ex);
		}
		catch (StackOverflowError ex) {
			throw problem("%s%s: a macro or include calls itself without end.".formatted(FOLDER, name), ex);
		}
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

	private static String at(@Nullable String named, String name, @Nullable Integer line, @Nullable Integer column,
			@Nullable String message) {
		String what = (message != null) ? firstSentence(message) : "error";
		return "%s%s, line %s, column %s: %s Nothing was sent; mend the template and try again.".formatted(FOLDER,
				(named != null) ? named : name, line, column, what.endsWith(".") ? what : what + ".");
	}

	private static Problem problem(String message, Throwable cause) {
		return new Problem(Problem.Kind.WORK, message, cause);
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

	private record Loader(OperatorFiles files) implements TemplateLoader {

		@Override
		public @Nullable Object findTemplateSource(String name) {
			Resource file = this.files.find(FOLDER + name);
			return file.exists() ? file : null;
		}

		@Override
		public long getLastModified(Object source) {
			return -1;
		}

		@Override
		public Reader getReader(Object source, String encoding) throws IOException {
			try (Reader reader = new InputStreamReader(((Resource) source).getInputStream(),
					StandardCharsets.UTF_8.newDecoder())) {
				Writer text = new StringWriter();
				reader.transferTo(text);
				return new StringReader(text.toString());
			}
			catch (CharacterCodingException ex) {
				throw new IOException("it is not UTF-8. Save it as UTF-8.", ex);
			}
		}

		@Override
		public void closeTemplateSource(Object source) {
		}

	}

}
