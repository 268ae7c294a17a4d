package dev.herald.render;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.herald.picture.PictureSize;
import org.springframework.util.unit.DataSize;

/**
 * The pictures that an issue has in itself as data: addresses, which Gmail and Outlook do
 * not show, and its mails as parts of their own, which all do. Made for one issue; while
 * that is read not thread-safe, then not changed any more.
 */
final class EmbeddedPictures {

	/** Of all in one mail. */
	static final DataSize LARGEST_TOTAL = DataSize.ofKilobytes(500);

	private final long largest;

	private final Map<String, EmbeddedPicture> byAddress = new LinkedHashMap<>();

	private long total;

	/**
	 * @param largest that is embedded; 0 embeds none
	 */
	EmbeddedPictures(DataSize largest) {
		this.largest = largest.toBytes();
	}

	/**
	 * @param address of data:, or one that this gave
	 * @return the cid: address in the mail; empty where it has none
	 */
	Optional<String> embed(String address) {
		if (this.byAddress.containsKey(address)) {
			return Optional.of(address);
		}
		return picture(address).filter(this::hasRoom).map(EmbeddedPicture::address);
	}

	private Optional<EmbeddedPicture> picture(String address) {
		return (this.largest > 0 && EmbeddedPicture.isData(address)) ? EmbeddedPicture.of(address, this.largest)
				: Optional.empty();
	}

	private boolean hasRoom(EmbeddedPicture picture) {
		if (this.byAddress.containsKey(picture.address())) {
			return true;
		}
		if (this.total + picture.octets().length > LARGEST_TOTAL.toBytes()) {
			return false;
		}
		this.total += picture.octets().length;
		this.byAddress.put(picture.address(), picture);
		return true;
	}

	/** By its cid: address, in pixels. */
	Optional<PictureSize> size(String address) {
		return Optional.ofNullable(this.byAddress.get(address)).map(EmbeddedPicture::size);
	}

	/** The cid: address that a data: address was given. */
	Optional<String> addressOf(String data) {
		return picture(data).map(EmbeddedPicture::address).filter(this.byAddress::containsKey);
	}

	/** Those that a text shows, in the order of the issue. */
	List<EmbeddedPicture> in(String html) {
		List<EmbeddedPicture> shown = new ArrayList<>(this.byAddress.values());
		shown.removeIf((picture) -> !html.contains(source(picture.address())));
		return shown;
	}

	/** For where there is no mail around a page: with the pictures in it. */
	String inline(String html) {
		String page = html;
		for (EmbeddedPicture picture : this.byAddress.values()) {
			page = page.replace(source(picture.address()), source(picture.dataAddress()));
		}
		return page;
	}

	private static String source(String address) {
		return "src=\"" + address + "\"";
	}

}
