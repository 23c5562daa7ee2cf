/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.business.playbook;

import ai.king.business.PlaybookRefused;
import ai.king.business.PlaybookRefused.Fault;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A YAML text as the values of JSON, with the line of each. Nothing of it becomes a Java object; anchors, which can make a
 * small text a huge value, and tags, which name classes, are refused before anything is built.
 *
 * @param tree the values
 * @param lines the line of each value, or of its key, by JSON pointer
 */
record YamlText(JsonNode tree, Map<String, Integer> lines) {

    static final int LONGEST = 64 * 1024;

    private static final int DEEPEST = 12;
    private static final JsonNodeFactory MAKE = JsonNodeFactory.withExactBigDecimals(true);
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,9})?");

    /** Throws {@link PlaybookRefused} for what is no such text. */
    static YamlText of(String text) {
        if (text.length() > LONGEST) {
            throw refused(1, "the text has more than " + LONGEST + " characters");
        }
        try {
            simple(text);
            Node root = new Yaml(options()).compose(new StringReader(text));
            if (root == null) {
                throw refused(1, "the text is empty");
            }
            Map<String, Integer> lines = new HashMap<>();
            lines.put("", 1);
            return new YamlText(value(root, "", lines), Map.copyOf(lines));
        } catch (MarkedYAMLException e) {
            throw refused(line(e.getProblemMark()), String.valueOf(e.getProblem()));
        } catch (YAMLException e) {
            throw refused(1, String.valueOf(e.getMessage()).lines().findFirst().orElse("it is no YAML"));
        }
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LONGEST);
        options.setNestingDepthLimit(DEEPEST);
        options.setMaxAliasesForCollections(0);
        options.setAllowDuplicateKeys(false);
        options.setAllowRecursiveKeys(false);
        return options;
    }

    private static void simple(String text) {
        int documents = 0;
        for (Event event : new Yaml(options()).parse(new StringReader(text))) {
            int line = line(event.getStartMark());
            if (event instanceof DocumentStartEvent && ++documents > 1) {
                throw refused(line, "more than one document");
            }
            if (event instanceof AliasEvent || event instanceof NodeEvent node && node.getAnchor() != null) {
                throw refused(line, "anchors and aliases are not used here: write it out");
            }
            String tag = event instanceof ScalarEvent scalar
                    ? scalar.getTag()
                    : event instanceof CollectionStartEvent collection ? collection.getTag() : null;
            if (tag != null) {
                throw refused(line, "tags are not used here: " + tag);
            }
        }
    }

    private static JsonNode value(Node node, String pointer, Map<String, Integer> lines) {
        if (node instanceof MappingNode mapping) {
            return object(mapping, pointer, lines);
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = MAKE.arrayNode();
            for (Node each : sequence.getValue()) {
                String at = pointer + "/" + array.size();
                lines.put(at, line(each.getStartMark()));
                array.add(value(each, at, lines));
            }
            return array;
        }
        return scalar((ScalarNode) node);
    }

    private static ObjectNode object(MappingNode mapping, String pointer, Map<String, Integer> lines) {
        ObjectNode object = MAKE.objectNode();
        for (NodeTuple tuple : mapping.getValue()) {
            int line = line(tuple.getKeyNode().getStartMark());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw refused(line, "a key must be a word");
            }
            String name = key.getValue();
            if (object.has(name)) {
                throw refused(line, "the key " + name + " is there twice");
            }
            String at = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
            lines.put(at, line);
            object.set(name, value(tuple.getValueNode(), at, lines));
        }
        return object;
    }

    private static JsonNode scalar(ScalarNode node) {
        String text = node.getValue();
        Tag tag = node.getTag();
        if (tag.equals(Tag.NULL)) {
            return MAKE.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            if (text.equals("true") || text.equals("false")) {
                return MAKE.booleanNode(text.equals("true"));
            }
            throw refused(line(node.getStartMark()), "write true or false, not " + text);
        }
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            if (NUMBER.matcher(text).matches()) {
                return MAKE.numberNode(new BigDecimal(text));
            }
            throw refused(line(node.getStartMark()), "write a number in plain digits, not " + text);
        }
        return MAKE.textNode(text);
    }

    /** The line of a place, or of the nearest one around it. */
    int line(String pointer) {
        String at = pointer;
        while (!lines.containsKey(at) && at.contains("/")) {
            at = at.substring(0, at.lastIndexOf('/'));
        }
        return lines.getOrDefault(at, 1);
    }

    private static int line(@Nullable Mark mark) {
        return mark == null ? 1 : mark.getLine() + 1;
    }

    private static PlaybookRefused refused(int line, String reason) {
        return new PlaybookRefused(List.of(new Fault(line, reason)));
    }
}
