package dev.herald.smtp;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RelayConfiguration {

	@Bean
	Relays relays(RelayList list, RelaySettings single) {
		return Relays.of(list, single);
	}

}
