package dev.herald.cli;

import java.util.concurrent.Callable;

import dev.herald.bounce.BounceWaves;
import dev.herald.bounce.BounceWaves.Wave;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "waves",
		description = { "Lists hard bounces that came in a wave, one text from one provider, and are held as soft.",
				"With --dead or --alive: decides what they were." },
		footer = { "", "Example:", "  herald bounce waves --dead 3" })
final class BounceWavesCommand implements Callable<Integer> {

	private final Console console;

	private final Beans beans;

	@ArgGroup(exclusive = true)
	private @Nullable Decision decision;

	BounceWavesCommand(Console console, Beans beans) {
		this.console = console;
		this.beans = beans;
	}

	@Override
	public Integer call() {
		BounceWaves waves = this.beans.get(BounceWaves.class);
		Decision wanted = this.decision;
		if (wanted == null) {
			waves.held().forEach(this::print);
			if (waves.held().isEmpty()) {
				this.console.print("No wave of bounces was held.");
			}
		}
		else if (wanted.dead != null) {
			this.console.print("%,d addresses suppressed.".formatted(waves.dead(wanted.dead, Decided.byWhom())));
		}
		else if (wanted.alive != null) {
			waves.alive(wanted.alive, Decided.byWhom());
			this.console.print("They stay soft; nobody is suppressed by them.");
		}
		return 0;
	}

	private void print(Wave wave) {
		this.console.print("%d  %s, send %d: %,d bounces of %,d mails to one provider, %s: %s".formatted(wave.id(),
				wave.slug(), wave.sendId(), wave.bounces(), wave.recipients(), switch (wave.state()) {
					case DEAD -> "decided to be dead";
					case ALIVE -> "decided to be alive";
					case HELD, OPEN -> "held for a decision";
				}, wave.text()));
	}

	private static final class Decision {

		@Option(names = "--dead", paramLabel = "N", description = "The addresses of wave N are dead: suppress them.")
		private @Nullable Integer dead;

		@Option(names = "--alive", paramLabel = "N", description = "The addresses of wave N live.")
		private @Nullable Integer alive;

	}

}
