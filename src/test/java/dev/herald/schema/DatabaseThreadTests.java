package dev.herald.schema;

import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DatabaseThreadTests {

	@TempDir
	private Path folder;

	@Test
	void aTurnUnderWayIsWaitedForAndNotInterrupted() throws Exception {
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch mayEnd = new CountDownLatch(1);
		AtomicReference<String> turn = new AtomicReference<>("not over");
		ScheduledExecutorService thread = DatabaseThread.named("test");
		thread.execute(() -> {
			begun.countDown();
			try {
				mayEnd.await();
				turn.set("over");
			}
			catch (InterruptedException ex) {
				turn.set("interrupted");
			}
		});
		begun.await();
		Thread ending = new Thread(() -> DatabaseThread.end(thread));
		ending.start();
		while (!thread.isShutdown()) {
			Thread.onSpinWait();
		}
		assertThat(turn).hasValue("not over");
		mayEnd.countDown();
		ending.join();
		assertThat(turn).hasValue("over");
		assertThat(thread.isTerminated()).isTrue();
	}

	@Test
	void aTurnThatIsStillToComeIsDropped() {
		AtomicBoolean ran = new AtomicBoolean();
		ScheduledExecutorService thread = DatabaseThread.named("test");
		DatabaseThread.repeat(thread, () -> ran.set(true), Duration.ofHours(1));
		DatabaseThread.end(thread);
		assertThat(thread.isTerminated()).isTrue();
		assertThat(ran).isFalse();
	}

	/** What the rule below is for: whoever upgrades H2 may find that it is over. */
	@Test
	void anInterruptClosesTheFileOfH2UnderAllOfTheProcess() throws Exception {
		String url = "jdbc:h2:file:" + this.folder.resolve("herald") + ";WRITE_DELAY=0";
		try (SingleConnectionDataSource one = new SingleConnectionDataSource(url, true);
				SingleConnectionDataSource other = new SingleConnectionDataSource(url, true)) {
			JdbcClient jdbc = JdbcClient.create(one);
			jdbc.sql("CREATE TABLE counted (n INT)").update();
			Thread interrupted = new Thread(() -> {
				Thread.currentThread().interrupt();
				try {
					jdbc.sql("INSERT INTO counted VALUES (1)").update();
				}
				catch (RuntimeException ex) {
					// What the others see is asked below.
				}
			});
			interrupted.start();
			interrupted.join();
			assertThatThrownBy(() -> JdbcClient.create(other).sql("INSERT INTO counted VALUES (2)").update())
				.rootCause()
				.isInstanceOf(ClosedChannelException.class);
		}
	}

	@Test
	void nobodyStopsThreadsByInterruptingThem() {
		JavaClasses herald = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
			.importPackages("dev.herald");
		assertThat(herald).isNotEmpty();
		ArchRuleDefinition.noClasses()
			.that()
			// Its threads know no database, and wait for servers that may never answer.
			.resideOutsideOfPackage("dev.herald.probe")
			.should()
			.callMethodWhere(JavaCall.Predicates.target(HasName.Predicates.name("shutdownNow")))
			.because("it interrupts threads that may be at the database; DatabaseThread ends them")
			.check(herald);
	}

}
