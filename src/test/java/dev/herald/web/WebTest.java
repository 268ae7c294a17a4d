package dev.herald.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;

import dev.herald.HeraldApplication;

/** The whole server on a port of its own and an empty H2 in memory. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(classes = HeraldApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "spring.datasource.url=jdbc:h2:mem:${random.uuid};MODE=MySQL;DB_CLOSE_DELAY=-1",
				"herald.data-dir=target/web-tests/${random.uuid}", "server.address=127.0.0.1",
				// Tests of the undo window set their own.
				"herald.undo.window=0s" })
@DirtiesContext
@interface WebTest {

}
