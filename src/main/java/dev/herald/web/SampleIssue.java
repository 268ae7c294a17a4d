package dev.herald.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

import dev.herald.issue.IssueReader;
import dev.herald.issue.IssueSource;

/** An issue to look at where a newsletter has none: one of everything a theme shapes. */
@Component
class SampleIssue {

	/** In Chinese for newsletters in Chinese, otherwise in English. */
	IssueSource in(Locale language) {
		String name = language.getLanguage().equals("zh") ? "sample_zh.md" : "sample.md";
		try {
			return IssueReader.read("sample.md", new ClassPathResource("words/" + name).getContentAsByteArray());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("words/" + name + " is not on the class path", ex);
		}
	}

}
