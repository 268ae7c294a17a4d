package dev.herald.web;

import java.io.IOException;
import java.time.Duration;

import dev.herald.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * The page on a phone and a desktop, light and dark: nothing is wider than the window,
 * axe finds nothing.
 */
class UnsubscribeSeenTests extends UnsubscribeTest {

	@RegisterExtension
	final PageLook look = new PageLook();

	UnsubscribeSeenTests() {
		super(TestDatabase.H2);
	}

	@Test
	void aPauseThenAnUndoThenLeaving() throws IOException {
		this.look.driver().get(link(7).toString());
		look("unsubscribe-offer");
		press("pause-2-weeks");
		look("unsubscribe-paused");
		this.look.driver().findElement(By.name("undo")).click();
		look("unsubscribe-undone");
		press("pause-1-month");
		// Still on its way, this page would come instead of the next one.
		new WebDriverWait(this.look.driver(), Duration.ofSeconds(60))
			.until((browser) -> browser.findElement(By.name("undo")).isDisplayed());
		this.look.driver().get(link(7).toString());
		look("unsubscribe-during-pause");
		press("unsubscribe");
		look("unsubscribe-done");
		this.look.driver().get(link(9).toString());
		look("unsubscribe-zh");
		this.look.driver().get(here("/u/x").toString());
		look("unsubscribe-unknown");
	}

	private void press(String value) {
		this.look.driver().findElement(By.cssSelector("button[value='" + value + "']")).click();
	}

	private void look(String name) throws IOException {
		this.look.at(name, true);
	}

}
