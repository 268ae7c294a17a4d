package dev.herald.render;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What this installation's mails are like.
 *
 * @param embedPicturesUpTo pictures that an issue has in itself travel with its mails,
 * each no larger than this, at most 100 KB; 0 (the default) embeds none
 * @param cut whether an issue whose HTML is larger than Gmail shows ends behind a section
 * with a link to the rest, where it does not say so itself; defaults to false
 */
@ConfigurationProperties("herald.render")
public record RenderSettings(@DefaultValue("0B") DataSize embedPicturesUpTo, @DefaultValue("false") boolean cut) {

	/** Ten thousand readers of one such picture are a gigabyte. */
	private static final DataSize LARGEST = DataSize.ofKilobytes(100);

	public RenderSettings {
		if (embedPicturesUpTo.isNegative() || embedPicturesUpTo.compareTo(LARGEST) > 0) {
			throw new IllegalArgumentException("herald.render.embed-pictures-up-to must be from 0B to %dKB, not %s"
				.formatted(LARGEST.toKilobytes(), embedPicturesUpTo));
		}
	}

	/** As it is where nothing is set. */
	public static RenderSettings defaults() {
		return new RenderSettings(DataSize.ofBytes(0), false);
	}

}
