package dev.herald.settings;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Tells where a setting of Spring's has its value from. Thread-safe. */
@Component
public final class SettingOrigins {

	private final Environment environment;

	SettingOrigins(Environment environment) {
		this.environment = environment;
	}

	/**
	 * @param name such as {@code herald.relays[0].rate}
	 */
	public Origin of(String name) {
		ConfigurationPropertyName wanted = ConfigurationPropertyName.of(name);
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			ConfigurationProperty property = source.getConfigurationProperty(wanted);
			if (property != null) {
				return Origin.of(property.getOrigin());
			}
		}
		return Origin.DEFAULT;
	}

}
