package dev.herald.bench;

import java.nio.file.Path;

/** What the parts of a run share. */
record Bench(Options options, Figures figures, Path folder, Sink sink, SampleIssue issue, Path message) {
}
