/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.content;

import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * The form of prompts and business rules: one key, {@code prompts} or {@code rules}, with {@code plug}, {@code name} and
 * {@code values}. What is not of this form is refused with its line; nothing of it becomes a Java object.
 */
record TextsYaml(boolean prompts, String plug, String name, Map<String, Entry> values) {

    private static final Pattern FORM = Pattern.compile("(?m)^(prompts|rules)\\s*:");
    private static final Set<String> KEYS = Set.of("plug", "name", "values");
    private static final int DEEPEST = 6;

    /** A value as it is written, with its line; none takes the value back to what is built in. */
    record Entry(int line, @Nullable String value) {}

    /** Whether a text wants to be of this form, and no playbook. */
    static boolean meant(String yaml) {
        return FORM.matcher(yaml).find();
    }

    /** Throws {@link IllegalArgumentException} with line and reason. */
    static TextsYaml read(String yaml) {
        try {
            Node root = new Yaml(options()).compose(new StringReader(yaml));
            Map<String, Node> top = mapping(root, "the text");
            if (top.size() != 1) {
                throw refused(root, "it holds prompts or rules, and nothing beside them");
            }
            String kind = top.keySet().iterator().next();
            if (!FORM.matcher(kind + ":").matches()) {
                throw refused(root, "the key must be prompts or rules, not " + kind);
            }
            Map<String, Node> parts = mapping(top.get(kind), kind);
            parts.forEach((key, node) -> {
                if (!KEYS.contains(key)) {
                    throw refused(node, "there is no key " + key + ", only plug, name and values");
                }
            });
            Map<String, Entry> values = new LinkedHashMap<>();
            mapping(part(parts, "values", root), "values")
                    .forEach((key, node) -> values.put(key, new Entry(line(node), text(node))));
            if (values.isEmpty()) {
                throw refused(part(parts, "values", root), "values names no option");
            }
            return new TextsYaml(
                    kind.equals("prompts"), word(part(parts, "plug", root)), word(part(parts, "name", root)), values);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new IllegalArgumentException("line " + line + ": " + e.getProblem(), e);
        } catch (YAMLException e) {
            throw new IllegalArgumentException("line 1: it is no YAML", e);
        }
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(PlaybookText.LONGEST);
        options.setNestingDepthLimit(DEEPEST);
        options.setMaxAliasesForCollections(0);
        options.setAllowDuplicateKeys(false);
        return options;
    }

    private static Node part(Map<String, Node> parts, String key, Node root) {
        Node node = parts.get(key);
        if (node == null) {
            throw refused(root, key + " is missing");
        }
        return node;
    }

    private static Map<String, Node> mapping(@Nullable Node node, String what) {
        if (!(node instanceof MappingNode mapping)) {
            throw refused(node, what + " must be keys with values");
        }
        Map<String, Node> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String key = word(tuple.getKeyNode());
            if (entries.put(key, tuple.getValueNode()) != null) {
                throw refused(tuple.getKeyNode(), key + " stands there twice");
            }
        }
        return entries;
    }

    private static String word(Node node) {
        String text = text(node);
        if (text == null || text.isBlank()) {
            throw refused(node, "there must be a word");
        }
        return text;
    }

    private static @Nullable String text(Node node) {
        if (!(node instanceof ScalarNode scalar)) {
            throw refused(node, "there must be one value");
        }
        if (node.getAnchor() != null || node.getTag().getValue().startsWith("!")) {
            throw refused(node, "anchors and tags are not for texts of this kind");
        }
        boolean plain = scalar.isPlain();
        return plain && Set.of("null", "~", "").contains(scalar.getValue()) ? null : scalar.getValue();
    }

    private static int line(@Nullable Node node) {
        return node == null || node.getStartMark() == null
                ? 1
                : node.getStartMark().getLine() + 1;
    }

    private static IllegalArgumentException refused(@Nullable Node node, String why) {
        return new IllegalArgumentException("line " + line(node) + ": " + why);
    }
}
