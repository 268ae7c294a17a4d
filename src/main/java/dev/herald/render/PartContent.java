package dev.herald.render;

/** One part of one mail. */
interface PartContent {

	/** Before transfer encoding; lines end with LF. */
	String text();

	void write(PartEncoder encoder);

	static PartContent whole(String text) {
		return new PartContent() {
			@Override
			public String text() {
				return text;
			}

			@Override
			public void write(PartEncoder encoder) {
				encoder.write(TransferEncoding.canonical(text));
				encoder.end();
			}
		};
	}

}
