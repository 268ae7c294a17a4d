package dev.herald.cli;

import java.util.Arrays;
import java.util.Locale;

import dev.herald.newsletter.Newsletters;
import org.junit.jupiter.api.Test;

import org.springframework.batch.core.repository.JobRepository;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.web.context.WebApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

class CommandContextTests {

	private static final String URL = "--spring.datasource.url=jdbc:h2:mem:slim;MODE=MySQL;DB_CLOSE_DELAY=-1";

	@Test
	void nothingIsMadeThatIsNotAskedFor() {
		try (Beans beans = new Beans(URL)) {
			assertThat(beans.started()).isFalse();
			ConfigurableListableBeanFactory factory = beans.context().getBeanFactory();
			assertThat(beans.context()).isNotInstanceOf(WebApplicationContext.class);
			assertThat(factory.containsSingleton("dataSource")).isFalse();
			beans.get(Newsletters.class);
			assertThat(factory.containsSingleton("dataSource")).isTrue();
			assertThat(Arrays.stream(factory.getSingletonNames())
				.filter((name) -> factory.getSingleton(name) instanceof JobRepository)).isEmpty();
			assertThat(factory.getSingletonNames()).doesNotContain("sendRunner", "sendShutdown", "validator");
			assertThat(factory.getBeanDefinitionNames())
				.noneMatch((name) -> name.toLowerCase(Locale.ROOT).contains("flyway"));
		}
	}

}
