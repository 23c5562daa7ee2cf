/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents;

import ai.king.store.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.resource.DisallowSchemaLoader;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Checks arguments against a tool's JSON Schema before anybody judges them; never looks anything up in the network. */
final class Schemas {

    private static final int MOST = 500;

    private final ObjectMapper mapper = Json.mapper();
    private final JsonSchemaFactory factory = JsonSchemaFactory.builder(
                    JsonSchemaFactory.getInstance(VersionFlag.V202012))
            .enableSchemaCache(false)
            .schemaLoaders(loaders -> loaders.add(DisallowSchemaLoader.getInstance()))
            .build();
    private final Map<String, JsonSchema> known = new ConcurrentHashMap<>();

    /** What is wrong with the arguments, each with its place; empty when they are valid. */
    List<String> violations(String schema, Map<String, Object> arguments) {
        try {
            return parsed(schema).validate(tree(arguments)).stream()
                    .map(ValidationMessage::getMessage)
                    .sorted()
                    .toList();
        } catch (JsonSchemaException | IllegalArgumentException e) {
            return List.of("the tool's schema cannot be used: " + e.getMessage());
        }
    }

    private JsonSchema parsed(String schema) {
        JsonSchema there = known.get(schema);
        if (there != null) {
            return there;
        }
        if (known.size() >= MOST) {
            known.clear();
        }
        JsonSchema made = factory.getSchema(SchemaLocation.of("king:arguments"), schema(schema));
        known.put(schema, made);
        return made;
    }

    /** The mapper would write JSON and read it: most arguments are texts and whole numbers. */
    private JsonNode tree(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            map.forEach((key, each) -> object.set(String.valueOf(key), tree(each)));
            return object;
        }
        if (value instanceof List<?> list) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            list.forEach(each -> array.add(tree(each)));
            return array;
        }
        if (value instanceof String text) {
            return TextNode.valueOf(text);
        }
        return value instanceof Integer number ? IntNode.valueOf(number) : mapper.valueToTree(value);
    }

    private JsonNode schema(String schema) {
        try {
            return mapper.readTree(schema);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }
}
