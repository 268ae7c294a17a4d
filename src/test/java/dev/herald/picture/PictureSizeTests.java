package dev.herald.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PictureSizeTests {

	@ParameterizedTest
	@ValueSource(strings = { "png", "jpg", "gif" })
	void theSizeIsReadFromTheFirstOctets(String format) throws IOException {
		byte[] picture = picture(format);
		assertThat(PictureSize.of(picture)).contains(new PictureSize(640, 37));
		assertThat(PictureSize.of(Arrays.copyOf(picture, 8))).as("cut off").isEmpty();
	}

	private static byte[] picture(String format) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		ImageIO.write(new BufferedImage(640, 37, BufferedImage.TYPE_INT_RGB), format, out);
		return out.toByteArray();
	}

	/** Heads as RFC 9649 draws them. */
	@ParameterizedTest
	@CsvSource({ "VP8X, 52494646 00010000 57454250 56503858 0a000000 00000000 7f0200 240000",
			"VP8L, 52494646 00010000 57454250 5650384c 00010000 2f 7f020900 00000000",
			"VP8, 52494646 00010000 57454250 56503820 00010000 000000 9d012a 8002 2500" })
	void theThreeKindsOfWebPAreRead(String kind, String octets) {
		assertThat(PictureSize.of(HexFormat.of().parseHex(octets.replace(" ", "")))).as(kind)
			.contains(new PictureSize(640, 37));
	}

	@Test
	void aPhotographThatIsTurnedHasItsSidesExchanged() throws IOException {
		byte[] picture = picture("jpg");
		byte[] exif = HexFormat.of()
			.parseHex("ffe10022457869660000" + "4d4d002a00000008" + "0001" + "011200030000000100060000" + "00000000");
		byte[] turned = new byte[picture.length + exif.length];
		System.arraycopy(picture, 0, turned, 0, 2);
		System.arraycopy(exif, 0, turned, 2, exif.length);
		System.arraycopy(picture, 2, turned, 2 + exif.length, picture.length - 2);
		assertThat(PictureSize.of(turned)).contains(new PictureSize(37, 640));
	}

	@Test
	void whateverComesIsReadInBoundedTime() {
		Random random = new Random(7);
		byte[] jpeg = new byte[65_536];
		Arrays.fill(jpeg, (byte) 0xFF);
		jpeg[1] = (byte) 0xD8;
		assertThat(PictureSize.of(jpeg)).isEmpty();
		assertThat(PictureSize.of(new byte[0])).isEmpty();
		for (int i = 0; i < 2_000; i++) {
			byte[] noise = new byte[64];
			random.nextBytes(noise);
			noise[0] = (byte) 0xFF;
			noise[1] = (byte) 0xD8;
			noise[2] = (byte) 0xFF;
			assertThat(PictureSize.of(noise).filter((size) -> size.width() < 1 || size.height() < 1)).isEmpty();
		}
	}

}
