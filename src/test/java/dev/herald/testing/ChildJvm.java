package dev.herald.testing;

import java.util.ArrayList;
import java.util.List;

/** Starts a class of the tests in a Java process of its own, on the tests' class path. */
public final class ChildJvm {

	private ChildJvm() {
	}

	/**
	 * @param options of the Java machine, such as -Xmx256m
	 * @return not yet started, so that its output can be led somewhere
	 */
	public static ProcessBuilder of(Class<?> main, List<String> options, List<String> arguments) {
		List<String> command = new ArrayList<>();
		command.add(ProcessHandle.current().info().command().orElse("java"));
		command.addAll(options);
		command.add("-cp");
		command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
		command.add(main.getName());
		command.addAll(arguments);
		return new ProcessBuilder(command).redirectErrorStream(true);
	}

}
