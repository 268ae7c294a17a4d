package dev.herald.account;

import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsPasswordService;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.stereotype.Component;

import org.jspecify.annotations.Nullable;

/**
 * What Spring Security asks of accounts. The name of who is signed in is the account's
 * address.
 */
@Component
class AccountDetailsService implements UserDetailsService, UserDetailsPasswordService {

	private final Accounts accounts;

	AccountDetailsService(Accounts accounts) {
		this.accounts = accounts;
	}

	@Override
	public UserDetails loadUserByUsername(String address) {
		Account account = this.accounts.find(address)
			.orElseThrow(() -> new UsernameNotFoundException("No account with this address"));
		return User.withUsername(account.address().value())
			.password(this.accounts.encodedPassword(account.id()).orElse(""))
			.authorities(account.role().authority())
			.disabled(!account.enabled())
			.build();
	}

	@Override
	public UserDetails updatePassword(UserDetails account, @Nullable String encoded) {
		if (encoded != null) {
			this.accounts.replaceEncoding(account.getUsername(), encoded);
		}
		return loadUserByUsername(account.getUsername());
	}

}
