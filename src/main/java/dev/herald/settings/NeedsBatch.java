package dev.herald.settings;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;

/**
 * On what runs or defines a job of Spring Batch. Commands that run none set
 * herald.batch=false and start without it: the proxies of the job's step-scoped parts
 * alone cost them a third of a second.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ConditionalOnProperty(name = "herald.batch", matchIfMissing = true)
public @interface NeedsBatch {

}
