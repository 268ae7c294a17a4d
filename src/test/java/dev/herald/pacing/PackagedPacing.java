package dev.herald.pacing;

import java.io.IOException;

import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.ClassPathResource;

/** The part pacing of the packaged batch/send-issue.yaml. */
final class PackagedPacing {

	private PackagedPacing() {
	}

	static PacingSettings settings() throws IOException {
		return new Binder(ConfigurationPropertySources
			.from(new YamlPropertySourceLoader().load("packaged", new ClassPathResource("batch/send-issue.yaml"))))
			.bind("pacing", Bindable.of(PacingSettings.class), new NoUnboundElementsBindHandler(BindHandler.DEFAULT))
			.get();
	}

	static PacingSettings withDns() throws IOException {
		PacingSettings packaged = settings();
		return new PacingSettings(true, packaged.slowDown(), packaged.brake(), packaged.warmUp(), packaged.providers());
	}

}
