package dev.herald.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.herald.problem.Problem;
import jakarta.validation.Validation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.context.properties.bind.DefaultValue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BatchFilesTests {

	@TempDir
	private Path home;

	@Test
	void whatAnOperatorLeavesOutIsAsInThePackagedFile() throws IOException {
		write("""
				shops:
				  south:
				    sells: [figs]
				  west:
				    sells: plums
				""");
		assertThat(read()).isEqualTo(new Layered(3, Map.of("north", new Shop(List.of("apples", "pears"), 1), "south",
				new Shop(List.of("figs"), 7), "west", new Shop(List.of("plums"), 0))));
	}

	@Test
	void aKeyOfTheOperatorIsStillCheckedForTypos() throws IOException {
		write("shops: {south: {sels: figs}}");
		assertThatExceptionOfType(Problem.class).isThrownBy(this::read)
			.withMessage("batch/layered.yaml: Herald does not know shops.south.sels."
					+ " Is it a typo? The packaged file lists every key.");
	}

	private Layered read() {
		return new BatchFiles(new OperatorFiles(this.home), Validation.buildDefaultValidatorFactory().getValidator())
			.read("layered", Layered.class);
	}

	private void write(String yaml) throws IOException {
		Files.createDirectories(this.home.resolve("batch"));
		Files.writeString(this.home.resolve("batch/layered.yaml"), yaml);
	}

	record Layered(@DefaultValue("1") int size, Map<String, Shop> shops) {
	}

	record Shop(List<String> sells, @DefaultValue("0") int doors) {
	}

}
