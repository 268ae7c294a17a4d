package dev.herald.bounce;

import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;

/**
 * Finds folders by the names in the settings, whose levels are written with a slash
 * whatever the server has between them (RFC 3501 section 5.1.1).
 */
final class MailboxFolders {

	private MailboxFolders() {
	}

	/**
	 * Where there is no such folder, but the server keeps a person's folders below a
	 * prefix (RFC 2342: "INBOX." is usual), it is the one below that. It need not exist.
	 */
	static Folder find(Store store, String name) throws MessagingException {
		char separator = store.getDefaultFolder().getSeparator();
		// A server without levels has none to write.
		String own = name.replace('/', (separator != '\0') ? separator : '-');
		Folder folder = store.getFolder(own);
		String prefix = prefix(store);
		if (prefix.isEmpty() || folder.exists()) {
			return folder;
		}
		String below = prefix + separator;
		return own.startsWith(below) ? folder : store.getFolder(below + own);
	}

	private static String prefix(Store store) throws MessagingException {
		Folder[] own = store.getPersonalNamespaces();
		return (own.length > 0) ? own[0].getFullName() : "";
	}

	/** Makes it where it is missing, so that mail programs show it. */
	static Folder findOrCreate(Store store, String name) throws MessagingException {
		Folder folder = find(store, name);
		if (!folder.exists()) {
			if (!folder.create(Folder.HOLDS_MESSAGES) && !folder.exists()) {
				throw new MessagingException("the server does not make the folder " + folder.getFullName());
			}
			folder.setSubscribed(true);
		}
		return folder;
	}

}
