package dev.herald.web;

import java.time.ZoneId;
import java.util.List;

import org.springframework.context.i18n.LocaleContextHolder;

/** The time zones that are offered: those that are named after a place, and UTC. */
final class Zones {

	private static final List<String> NAMES = ZoneId.getAvailableZoneIds()
		.stream()
		.filter((id) -> id.equals("UTC") || id
			.matches("(?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)/[A-Za-z_/-]+"))
		.sorted()
		.toList();

	private Zones() {
	}

	/** Of who reads the page; the server's, where nobody has chosen. */
	static ZoneId ofReader() {
		return LocaleContextHolder.getTimeZone().toZoneId();
	}

	static List<String> names() {
		return NAMES;
	}

}
