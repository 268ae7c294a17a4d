package dev.herald.web;

import java.util.Map;
import java.util.function.Supplier;

import org.springframework.jdbc.core.simple.JdbcClient;

import dev.herald.web.AuditedRoutesTests.Step;
import dev.herald.web.Browser.Page;

/** What an ADMIN does with others' accounts and with their own, route by route. */
final class AccountSteps {

	private static final String PASSWORD = AuditedRoutesTests.PASSWORD;

	private final Browser admin;

	private final int port;

	private final JdbcClient jdbc;

	private final Map<String, Step> steps;

	private Authenticator app = new Authenticator("");

	private String recoveryCode = "";

	/**
	 * @param steps where they are put
	 */
	AccountSteps(Browser admin, int port, JdbcClient jdbc, Map<String, Step> steps) {
		this.admin = admin;
		this.port = port;
		this.jdbc = jdbc;
		this.steps = steps;
	}

	private void step(String route, String action, Supplier<Page> press) {
		this.steps.put(route, new Step(action, press));
	}

	void ofOthers() {
		step("POST /accounts", "account.created", () -> this.admin.post("/accounts",
				Map.of("address", "eve@example.org", "password", PASSWORD, "role", "EDITOR")));
		step("POST /accounts/{id}/role", "account.changed",
				() -> this.admin.post("/accounts/" + eve() + "/role", Map.of("role", "ADMIN")));
		step("POST /accounts/{id}/totp-reset", "totp.removed", () -> {
			this.jdbc.sql("UPDATE account SET totp_secret = X'00' WHERE id = ?").param(eve()).update();
			return this.admin.post("/accounts/" + eve() + "/totp-reset", Map.of());
		});
		step("POST /accounts/{id}/disable", "account.disabled",
				() -> this.admin.post("/accounts/" + eve() + "/disable", Map.of()));
		step("POST /accounts/{id}/enable", "account.enabled",
				() -> this.admin.post("/accounts/" + eve() + "/enable", Map.of()));
	}

	private int eve() {
		return this.jdbc.sql("SELECT id FROM account WHERE address = 'eve@example.org'").query(Integer.class).single();
	}

	void ofOnesOwn() {
		step("POST /account/preferences", "account.changed",
				() -> this.admin.post("/account/preferences", Map.of("language", "en", "zone", "Asia/Shanghai")));
		step("POST /account/tokens", "token.created",
				() -> this.admin.post("/account/tokens", Map.of("name", "dashboard", "days", "7")));
		step("POST /account/tokens/{id}/revoke", "token.revoked",
				() -> this.admin.post(form("#tokens td form"), Map.of()));
		step("POST /account/sessions/{id}/end", "session.ended", () -> {
			new Browser(this.port).signIn("ada@example.org", PASSWORD);
			return this.admin.post(form("#sessions td form"), Map.of());
		});
		step("POST /account/sessions/end", "session.ended", () -> {
			new Browser(this.port).signIn("ada@example.org", PASSWORD);
			return this.admin.post("/account/sessions/end", Map.of());
		});
		step("POST /account/totp", "totp.enabled", () -> {
			this.app = new Authenticator(this.admin.get("/account/totp").html().select("main code").text());
			return this.admin.post("/account/totp", Map.of("code", this.app.code()));
		});
		step("POST /account/totp/codes", "recovery.codes.renewed", () -> {
			this.admin.get("/account");
			Page codes = this.admin.post("/account/totp/codes", Map.of("password", PASSWORD));
			this.recoveryCode = codes.html().select("li code").get(0).text();
			return codes;
		});
		step("POST /sign-in/code", "sign.in.succeeded", () -> {
			Browser other = new Browser(this.port);
			other.get(Access.SIGN_IN);
			other.post(Access.SIGN_IN, Map.of("address", "ada@example.org", "password", PASSWORD));
			other.get(Access.CODE);
			return other.post(Access.CODE, Map.of("code", this.recoveryCode));
		});
		step("POST /account/totp/remove", "totp.removed", () -> {
			this.admin.get("/account");
			return this.admin.post("/account/totp/remove", Map.of("password", PASSWORD));
		});
		step("POST /account/password", "password.changed", () -> this.admin.post("/account/password",
				Map.of("old", PASSWORD, "password", "another kettle with bells")));
	}

	private String form(String selector) {
		return this.admin.get("/account").html().select(selector).attr("action");
	}

}
