package dev.herald;

import org.junit.jupiter.api.Test;

import org.springframework.modulith.core.ApplicationModules;

class ModuleTests {

	@Test
	void modulesUseOnlyWhatTheirPackageInfoAllows() {
		ApplicationModules.of(HeraldApplication.class).verify();
	}

}
