package dev.herald.cli;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ArgumentsTests {

	@Test
	void optionsWithADotInTheirNameAreSpringsAndMayStandAnywhere() {
		Arguments arguments = Arguments.of("--herald.data-dir=/tmp/a b", "issue", "send", "--spring.mail.host=x", "one",
				"--wait", "--spring.datasource.hikari.data-source-properties[a.b]=c");
		assertThat(arguments.properties()).containsExactly("--herald.data-dir=/tmp/a b", "--spring.mail.host=x",
				"--spring.datasource.hikari.data-source-properties[a.b]=c");
		assertThat(arguments.words()).containsExactly("issue", "send", "one", "--wait");
		assertThat(arguments.serve()).isFalse();
	}

	@Test
	void aDotInAValueDoesNotMakeASpringProperty() {
		assertThat(Arguments.of("--from=a@b.c", "--out", "a.b", "x.md").properties()).isEmpty();
	}

	@Test
	void withoutACommandHeraldServes() {
		assertThat(Arguments.of().serve()).isTrue();
		assertThat(Arguments.of("serve", "--server.port=0").serve()).isTrue();
		assertThat(Arguments.of("--spring.profiles.active=demo").serve()).isTrue();
		assertThat(Arguments.of("--help").serve()).isFalse();
		assertThat(Arguments.of("serve", "--help").serve()).isFalse();
	}

}
