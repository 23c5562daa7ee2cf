/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents;

import ai.king.store.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
        JsonNode values = mapper.valueToTree(arguments);
        try {
            return parsed(schema).validate(values).stream()
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
        JsonSchema made = factory.getSchema(SchemaLocation.of("king:arguments"), tree(schema));
        known.put(schema, made);
        return made;
    }

    private JsonNode tree(String schema) {
        try {
            return mapper.readTree(schema);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }
}
