package dev.herald.audit;

/**
 * Knows who acts in this thread. Each way into Herald, the pages and the command line,
 * has one.
 */
@FunctionalInterface
public interface CurrentActor {

	Actor get();

}
