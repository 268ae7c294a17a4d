package dev.herald.bounce;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;

import javax.net.ssl.SSLException;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.FolderNotFoundException;
import org.eclipse.angus.mail.util.MailConnectException;

/** Why a mailbox can't be read, as far as a person can mend it. */
public enum MailboxTrouble {

	/** It refuses the username or the password. */
	PASSWORD,

	/** The name of its host is not known. */
	NO_HOST,

	/** Nobody listens there. */
	REFUSED,

	/** It does not answer in time. */
	SILENT,

	/** Its certificate is not trusted, or names another host. */
	CERTIFICATE,

	/** TLS can't be agreed on: often a wrong port or protocol. */
	TLS,

	/** The folder is not there. */
	NO_FOLDER,

	/** Something else: what the server or the library said has to do. */
	OTHER;

	static MailboxTrouble of(Throwable failure) {
		MailboxTrouble trouble = OTHER;
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			MailboxTrouble told = told(cause);
			// The innermost knows best: a certificate is behind each failure of TLS.
			trouble = (told != OTHER) ? told : trouble;
		}
		return trouble;
	}

	private static MailboxTrouble told(Throwable cause) {
		if (cause instanceof AuthenticationFailedException) {
			return PASSWORD;
		}
		if (cause instanceof UnknownHostException) {
			return NO_HOST;
		}
		if (cause instanceof SocketTimeoutException) {
			return SILENT;
		}
		if (cause instanceof ConnectException || cause instanceof NoRouteToHostException
				|| cause instanceof MailConnectException) {
			return REFUSED;
		}
		if (cause instanceof CertificateException || cause instanceof CertPathBuilderException) {
			return CERTIFICATE;
		}
		if (cause instanceof SSLException) {
			return TLS;
		}
		return (cause instanceof FolderNotFoundException) ? NO_FOLDER : OTHER;
	}

}
