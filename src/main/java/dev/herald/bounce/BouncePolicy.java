package dev.herald.bounce;

import java.time.Duration;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What follows from bounces; part of batch/collect-bounces.yaml.
 *
 * @param soft when soft bounces suppress an address
 * @param wave when many hard bounces at once are not believed
 * @param withoutToken what a report is worth that names an address alone
 */
record BouncePolicy(@DefaultValue @Valid Soft soft, @DefaultValue @Valid Wave wave,
		@DefaultValue("review") WithoutToken withoutToken) {

	/**
	 * Anybody can write a report; only the token proves that it is about a mail of ours.
	 */
	enum WithoutToken {

		/** Evidence for a person, who may count it. */
		REVIEW,
		/** Believed, for the last issue that the address was sent. */
		COUNT,
		/** Worth nothing. */
		IGNORE

	}

	/**
	 * Both must hold.
	 *
	 * @param bounces in a row, each of another issue
	 * @param over from the first to the last of them
	 */
	record Soft(@DefaultValue("5") @Min(1) @Max(100) int bounces,
			@DefaultValue("14d") @DurationMin(days = 0) @DurationMax(days = 365) Duration over) {
	}

	/**
	 * All three must hold.
	 *
	 * @param atLeast bounces from one provider with one text
	 * @param share of all hard bounces of the send, in percent
	 * @param ofProvider of what the provider's readers were sent, in percent: dead
	 * addresses of a neglected list have one text too, but are few among the living
	 */
	record Wave(@DefaultValue("20") @Min(2) @Max(1_000_000) int atLeast,
			@DefaultValue("50") @Min(1) @Max(100) int share, @DefaultValue("20") @Min(0) @Max(100) int ofProvider) {

		boolean isSuspect(int bounces, int allOfSend) {
			return bounces >= this.atLeast && bounces * 100L >= (long) this.share * allOfSend;
		}

		boolean isTooManyOf(int bounces, int recipients) {
			return bounces * 100L >= (long) this.ofProvider * recipients;
		}

	}

}
