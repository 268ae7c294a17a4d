package dev.herald.account;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

import dev.herald.problem.Problem;
import dev.herald.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class AccountsTests {

	private static final String PASSWORD = "copper kettle 9 bells";

	private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

	private final TestDatabase.Opened database;

	private final Accounts accounts;

	private final SetUp setUp;

	AccountsTests(TestDatabase database) {
		this.database = database.open();
		// The cheapest bcrypt there is: these tests are not about its strength.
		this.accounts = new Accounts(this.database.jdbc(), this.database.transactions(), new BCryptPasswordEncoder(4),
				(event) -> {
				}, Clock.fixed(NOW, ZoneOffset.UTC));
		this.setUp = new SetUp(this.accounts);
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void anAccountIsFoundHoweverItsAddressIsTyped() {
		Account created = this.accounts.create("Ann@Example.org", PASSWORD, Role.EDITOR);
		assertThat(created.address().value()).isEqualTo("ann@example.org");
		assertThat(created.createdAt()).isEqualTo(NOW);
		assertThat(this.accounts.find(" ANN@example.ORG ")).contains(created);
		assertThat(this.accounts.find("ann")).isEmpty();
		assertThat(this.accounts.find("bob@example.org")).isEmpty();
	}

	@Test
	void oneAddressHasOneAccount() {
		this.accounts.create("ann@example.org", PASSWORD, Role.EDITOR);
		assertThatExceptionOfType(Problem.class)
			.isThrownBy(() -> this.accounts.create("ANN@example.org", PASSWORD, Role.ADMIN))
			.withMessage(
					"There is an account with the address ann@example.org already. Enable it, or use another address.");
		assertThat(this.accounts.all()).hasSize(1);
	}

	@Test
	void signInFindsThePasswordTheRoleAndWhetherItIsDisabled() {
		Account admin = this.accounts.create("ada@example.org", PASSWORD, Role.ADMIN);
		Account editor = this.accounts.create("ann@example.org", PASSWORD, Role.EDITOR);
		this.accounts.setEnabled(editor.id(), false);
		AccountDetailsService service = new AccountDetailsService(this.accounts);
		UserDetails ada = service.loadUserByUsername("Ada@example.org");
		assertThat(ada.isEnabled()).isTrue();
		assertThat(ada.getAuthorities()).extracting("authority").containsExactly("ROLE_ADMIN");
		assertThat(new BCryptPasswordEncoder().matches(PASSWORD, ada.getPassword())).isTrue();
		assertThat(service.loadUserByUsername("ann@example.org").isEnabled()).isFalse();
		assertThat(admin.enabled()).isTrue();
		assertThatExceptionOfType(UsernameNotFoundException.class)
			.isThrownBy(() -> service.loadUserByUsername("nobody"));
	}

	@Test
	void theLastAdminThatCanSignInIsNotDisabled() {
		Account ada = this.accounts.create("ada@example.org", PASSWORD, Role.ADMIN);
		Account eve = this.accounts.create("eve@example.org", PASSWORD, Role.ADMIN);
		this.accounts.create("ann@example.org", PASSWORD, Role.EDITOR);
		this.accounts.setEnabled(ada.id(), false);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.accounts.setEnabled(eve.id(), false))
			.withMessageContaining("last ADMIN");
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.accounts.setRole(eve.id(), Role.EDITOR))
			.withMessageContaining("last ADMIN");
		this.accounts.setEnabled(ada.id(), true);
		this.accounts.setEnabled(eve.id(), false);
		assertThat(this.accounts.all()).extracting(Account::enabled).containsExactly(true, true, false);
	}

	@Test
	void enablingAnAccountThatIsEnabledIsNoError() {
		Account ada = this.accounts.create("ada@example.org", PASSWORD, Role.ADMIN);
		this.accounts.setEnabled(ada.id(), true);
		assertThat(this.accounts.all()).containsExactly(ada);
	}

	@Test
	void anAccountThatDoesNotExistCantBeDisabled() {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.accounts.setEnabled(7, false))
			.withMessageContaining("no such account");
	}

	@Test
	void theSetUpTokenMakesOneAdminAndDiesWithIt() {
		String token = this.setUp.token().orElseThrow();
		assertThat(token).hasSize(43);
		assertThat(this.setUp.token()).contains(token);
		assertThat(this.setUp.accepts(token)).isTrue();
		assertThat(this.setUp.firstAdmin(token, "ada@example.org", PASSWORD).role()).isEqualTo(Role.ADMIN);
		assertThat(this.setUp.accepts(token)).isFalse();
		assertThat(this.setUp.token()).isEmpty();
		assertThatExceptionOfType(Problem.class)
			.isThrownBy(() -> this.setUp.firstAdmin(token, "eve@example.org", PASSWORD))
			.withMessageContaining("no longer good");
		assertThat(this.accounts.all()).hasSize(1);
	}

	@Test
	void aWrongTokenMakesNothing() {
		assertThat(this.setUp.accepts("")).isFalse();
		this.setUp.token();
		assertThat(this.setUp.accepts("")).isFalse();
		assertThatExceptionOfType(Problem.class)
			.isThrownBy(() -> this.setUp.firstAdmin("guess", "eve@example.org", PASSWORD));
		assertThat(this.accounts.none()).isTrue();
	}

	@Test
	void aBadPasswordLeavesTheTokenGood() {
		String token = this.setUp.token().orElseThrow();
		assertThatExceptionOfType(Problem.class)
			.isThrownBy(() -> this.setUp.firstAdmin(token, "ada@example.org", "short"));
		assertThat(this.setUp.accepts(token)).isTrue();
	}

	@Test
	void theTokenIsWorthNothingOnceAnotherServerMadeTheFirstAccount() {
		String token = this.setUp.token().orElseThrow();
		new SetUp(this.accounts).token()
			.ifPresent((other) -> assertThat(this.accounts.createFirst("ada@example.org", PASSWORD)).isPresent());
		assertThat(this.accounts.createFirst("eve@example.org", PASSWORD)).isEmpty();
		assertThat(this.setUp.accepts(token)).isFalse();
	}

}
