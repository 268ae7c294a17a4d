package dev.herald.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class OperatorFilesTests {

	@TempDir
	private Path home;

	@Test
	void aFileBesideTheJarWinsOverThePackagedOne() throws IOException {
		OperatorFiles files = new OperatorFiles(this.home);
		assertThat(files.find("batch/send-issue.yaml").getContentAsString(StandardCharsets.UTF_8))
			.contains("chunk-size: 50");
		Files.createDirectories(this.home.resolve("batch"));
		Files.writeString(this.home.resolve("batch/send-issue.yaml"), "mine");
		assertThat(files.find("batch/send-issue.yaml").getContentAsString(StandardCharsets.UTF_8)).isEqualTo("mine");
	}

	@Test
	void nothingOutsideTheFolderIsRead() throws IOException {
		Files.writeString(this.home.resolve("secret.txt"), "secret");
		Path below = Files.createDirectories(this.home.resolve("below"));
		assertThat(new OperatorFiles(below).find("../secret.txt").exists()).isFalse();
	}

}
