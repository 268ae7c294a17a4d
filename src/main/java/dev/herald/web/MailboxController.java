package dev.herald.web;

import java.util.List;

import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

import dev.herald.mailbox.BuiltInMailbox;
import dev.herald.mailbox.StoredMail;

/** The built-in mailbox: what rehearsals delivered, as each reader would see it. */
@Controller
@RequestMapping("/mailbox")
class MailboxController {

	private static final int ON_A_PAGE = 50;

	private static final List<String> WAYS = List.of("desktop", "phone", "text", "source");

	private final BuiltInMailbox mailbox;

	MailboxController(BuiltInMailbox mailbox) {
		this.mailbox = mailbox;
	}

	@GetMapping
	String list(@RequestParam(defaultValue = "0") int skip, Model model) {
		int first = Math.max(0, skip);
		List<StoredMail> mails = this.mailbox.list(first, ON_A_PAGE + 1);
		boolean more = mails.size() > ON_A_PAGE;
		model.addAttribute("mails", more ? mails.subList(0, ON_A_PAGE) : mails);
		model.addAttribute("older", more ? first + ON_A_PAGE : -1);
		model.addAttribute("newer", (first > 0) ? Math.max(0, first - ON_A_PAGE) : -1);
		return "mailbox";
	}

	@GetMapping("/{id}")
	String show(@PathVariable String id, @RequestParam(defaultValue = "desktop") String as, Model model) {
		byte[] content = this.mailbox.read(id);
		model.addAttribute("id", id);
		model.addAttribute("mail", ReadableMail.parse(content));
		model.addAttribute("way", WAYS.contains(as) ? as : WAYS.get(0));
		model.addAttribute("source", "source".equals(as) ? ReadableMail.source(content) : "");
		return "mail";
	}

	@GetMapping("/{id}" + PageHeaders.FRAME)
	ResponseEntity<byte[]> html(@PathVariable String id) {
		return IssueController.frame(ReadableMail.parse(this.mailbox.read(id)).html());
	}

	@GetMapping("/{id}/eml")
	ResponseEntity<byte[]> file(@PathVariable String id) {
		return ResponseEntity.ok()
			.cacheControl(CacheControl.noStore())
			.contentType(MediaType.parseMediaType("message/rfc822"))
			.header("Content-Disposition", "attachment; filename=\"mail.eml\"")
			.body(this.mailbox.read(id));
	}

}
