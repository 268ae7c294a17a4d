package dev.herald.tracking;

import java.util.Optional;

import org.springframework.stereotype.Component;

/**
 * Tokens of what readers have asked for, by its number. Thread-safe.
 */
@Component
public class RequestTokens {

	private final Tokens tokens;

	RequestTokens(Tokens tokens) {
		this.tokens = tokens;
	}

	public String write(long request) {
		return this.tokens.writeNumber(TokenPurpose.READER_REQUEST, request);
	}

	/** Empty for whatever was not written here. */
	public Optional<Long> read(String token) {
		return this.tokens.readNumber(TokenPurpose.READER_REQUEST, token);
	}

}
