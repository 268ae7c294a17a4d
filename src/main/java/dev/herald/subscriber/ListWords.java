package dev.herald.subscriber;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What lists write for states, truth and time, in English and Chinese. Nothing is
 * guessed: a word that stands for nothing here is none.
 */
final class ListWords {

	private static final Map<String, State> STATES = states(Map.of(new State(SubscriptionState.ACTIVE, null),
			"|active|subscribed|enabled|confirmed|opted in|有效|已订阅|订阅|正常|已确认|已訂閱|已確認",
			new State(SubscriptionState.PENDING, null), "pending|unconfirmed|not confirmed|未确认|待确认|未確認|待確認",
			new State(SubscriptionState.UNSUBSCRIBED, null),
			"unsubscribed|opted out|opt out|left|removed|已退订|退订|已退訂|退訂",
			new State(SubscriptionState.ACTIVE, SuppressionReason.HARD_BOUNCE),
			"bounced|cleaned|hard bounce|hard bounced|hardbounce|退信|已退信",
			new State(SubscriptionState.UNSUBSCRIBED, SuppressionReason.COMPLAINT),
			"complained|complaint|spam|abuse|投诉|已投诉|投訴",
			new State(SubscriptionState.UNSUBSCRIBED, SuppressionReason.ADMIN),
			"blocklisted|blacklisted|blocked|suppressed|黑名单|已屏蔽|屏蔽|黑名單",
			new State(SubscriptionState.ACTIVE, SuppressionReason.ADMIN), "disabled|禁用|已禁用"));

	private static final Map<String, Boolean> TRUTHS = truths();

	/** ISO 8601 with a space or a T, and UTC where no zone is said. */
	private static final DateTimeFormatter LOCAL = new DateTimeFormatterBuilder()
		.appendPattern("yyyy-MM-dd['T'][ ]HH:mm[:ss]")
		.appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
		.toFormatter(Locale.ROOT);

	/** As Go prints times: 2026-03-01 10:00:00.123456 +0100 CET. */
	private static final Pattern GO = Pattern.compile(
			"(\\d{4}-\\d\\d-\\d\\d) (\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?) ([+-]\\d\\d):?(\\d\\d)(?: [A-Za-z+\\-0-9]{1,10})?");

	/** What MySQL keeps for no time. */
	private static final String NO_TIME = "0000-00-00";

	private ListWords() {
	}

	/**
	 * @param reason null where the address gets mail
	 */
	record State(SubscriptionState subscription, @Nullable SuppressionReason reason) {
	}

	private static Map<String, State> states(Map<State, String> words) {
		Map<String, State> states = new HashMap<>();
		words.forEach((state, list) -> List.of(list.split("\\|", -1)).forEach((word) -> states.put(word, state)));
		states.put("", new State(SubscriptionState.ACTIVE, null));
		return Map.copyOf(states);
	}

	private static Map<String, Boolean> truths() {
		Map<String, Boolean> truths = new HashMap<>();
		List.of("yes", "true", "1", "y", "t", "on", "是", "有", "已").forEach((word) -> truths.put(word, true));
		List.of("no", "false", "0", "n", "f", "off", "否", "无", "無", "未").forEach((word) -> truths.put(word, false));
		return Map.copyOf(truths);
	}

	static Optional<State> state(String word) {
		return Optional.ofNullable(STATES.get(Headers.normal(word)));
	}

	static Optional<Boolean> yes(String word) {
		return Optional.ofNullable(TRUTHS.get(Headers.normal(word)));
	}

	static boolean isNoTime(String text) {
		return text.startsWith(NO_TIME);
	}

	/** To the millisecond, as it is kept. */
	static Optional<Instant> time(String text) {
		for (TimeForm form : TimeForm.values()) {
			try {
				return Optional.of(form.read(text).truncatedTo(ChronoUnit.MILLIS));
			}
			catch (DateTimeException ex) {
				// The next form may be the one.
			}
		}
		return Optional.empty();
	}

	/** The forms in which lists write times, the most frequent first. */
	private enum TimeForm {

		OFFSET {
			@Override
			Instant read(String text) {
				return OffsetDateTime.parse(text).toInstant();
			}
		},
		WITHOUT_ZONE {
			@Override
			Instant read(String text) {
				return LocalDateTime.parse(text, LOCAL).toInstant(ZoneOffset.UTC);
			}
		},
		DAY {
			@Override
			Instant read(String text) {
				return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
			}
		},
		AS_GO {
			@Override
			Instant read(String text) {
				Matcher matcher = GO.matcher(text);
				if (!matcher.matches()) {
					throw new DateTimeException("not of Go");
				}
				return OffsetDateTime
					.parse(matcher.group(1) + "T" + matcher.group(2) + matcher.group(3) + ":" + matcher.group(4))
					.toInstant();
			}
		};

		abstract Instant read(String text);

	}

}
