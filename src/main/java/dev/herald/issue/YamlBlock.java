package dev.herald.issue;

import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import dev.herald.issue.FrontMatter.Value;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * YAML front matter. Only its tree is composed, nothing is constructed: so a number or a
 * date stays as it was typed, and an alias costs nothing.
 */
final class YamlBlock {

	private static final int MAX_DEPTH = 20;

	private static final int MAX_ALIASES = 20;

	/** The block follows the line with the three dashes. */
	private static final int FIRST_LINE = 2;

	private YamlBlock() {
	}

	/**
	 * @return empty when the block is YAML, but no mapping: a text between two thematic
	 * breaks
	 */
	static Map<String, Value> read(String fileName, String block) {
		LoaderOptions limits = new LoaderOptions();
		limits.setNestingDepthLimit(MAX_DEPTH);
		limits.setMaxAliasesForCollections(MAX_ALIASES);
		try {
			Node root = new Yaml(new SafeConstructor(limits)).compose(new StringReader(block));
			if (root == null) {
				return Map.of();
			}
			return (root instanceof MappingNode mapping) ? values(fileName, mapping) : Map.of();
		}
		catch (MarkedYAMLException ex) {
			int line = (ex.getProblemMark() != null) ? ex.getProblemMark().getLine() : 0;
			throw broken(fileName, FIRST_LINE + line, ex.getProblem(), ex);
		}
		catch (YAMLException ex) {
			throw broken(fileName, FIRST_LINE, String.valueOf(ex.getMessage()).lines().findFirst().orElse(""), ex);
		}
	}

	private static Map<String, Value> values(String fileName, MappingNode mapping) {
		Map<String, Value> result = new LinkedHashMap<>();
		for (NodeTuple entry : mapping.getValue()) {
			if (!(entry.getKeyNode() instanceof ScalarNode key && entry.getValueNode() instanceof ScalarNode value)) {
				continue;
			}
			int line = FIRST_LINE + key.getStartMark().getLine();
			String text = Tag.NULL.equals(value.getTag()) ? "" : value.getValue();
			if (result.put(key.getValue().toLowerCase(Locale.ROOT), new Value(text, line)) != null) {
				throw Problem.work(Sentence.of("issue.yaml.twice", fileName, line, FrontMatter.shown(key.getValue())));
			}
		}
		return result;
	}

	private static Problem broken(String fileName, int line, @Nullable String what, YAMLException cause) {
		return new Problem(Problem.Kind.WORK,
				Sentence.of("issue.yaml", fileName, line, FrontMatter.shown(String.valueOf(what))), cause);
	}

}
