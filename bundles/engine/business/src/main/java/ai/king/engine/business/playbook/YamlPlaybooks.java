/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.business.playbook;

import ai.king.business.Business;
import ai.king.business.Playbook;
import ai.king.business.PlaybookReader;
import ai.king.business.PlaybookRefused;
import ai.king.business.PlaybookRefused.Fault;
import ai.king.store.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.resource.DisallowSchemaLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Reads playbooks: YAML against the schema of {@code config/playbooks}, then what no schema can say. */
@Component
public final class YamlPlaybooks implements PlaybookReader {

    private static final int MOST_FAULTS = 20;

    private final JsonSchema schema = schema();

    @Activate
    public YamlPlaybooks() {}

    private static JsonSchema schema() {
        try (InputStream in = YamlPlaybooks.class.getResourceAsStream("playbook.schema.json")) {
            JsonNode text = Json.mapper().readTree(Objects.requireNonNull(in, "playbook.schema.json"));
            return JsonSchemaFactory.builder(JsonSchemaFactory.getInstance(VersionFlag.V202012))
                    .enableSchemaCache(false)
                    .schemaLoaders(loaders -> loaders.add(DisallowSchemaLoader.getInstance()))
                    .build()
                    .getSchema(
                            SchemaLocation.of("king:playbook"),
                            text,
                            SchemaValidatorsConfig.builder()
                                    .pathType(PathType.JSON_POINTER)
                                    .build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Playbook read(String text, Predicate<String> agent) {
        YamlText yaml = YamlText.of(text);
        List<Fault> faults = new ArrayList<>(schema.validate(yaml.tree()).stream()
                .map(message -> fault(yaml, message))
                .toList());
        if (faults.isEmpty()) {
            faults.addAll(new PlaybookShape(yaml, agent).faults());
        }
        if (!faults.isEmpty()) {
            throw new PlaybookRefused(faults.stream()
                    .sorted(Comparator.comparingInt(Fault::line))
                    .distinct()
                    .limit(MOST_FAULTS)
                    .toList());
        }
        return playbook(yaml.tree());
    }

    private static Fault fault(YamlText yaml, ValidationMessage message) {
        String at = message.getInstanceLocation().toString();
        String key = message.getProperty();
        String place = key == null || !message.getType().equals("additionalProperties") ? at : at + "/" + key;
        return new Fault(yaml.line(place), (at.isEmpty() ? "" : at.substring(1) + ": ") + message.getError());
    }

    private static Playbook playbook(JsonNode tree) {
        return new Playbook(
                tree.get("name").asText(),
                tree.get("type").asText(),
                tree.get("description").asText(),
                tree.at("/budget/total").decimalValue(),
                all(tree.get("criteria")).map(YamlPlaybooks::gate).toList(),
                all(tree.get("stages")).map(YamlPlaybooks::stage).toList());
    }

    private static Playbook.Gate gate(JsonNode gate) {
        return new Playbook.Gate(
                gate.get("from").asText(),
                gate.get("to").asText(),
                all(gate.get("all")).map(YamlPlaybooks::criterion).toList());
    }

    private static Playbook.Criterion criterion(JsonNode criterion) {
        JsonNode value = criterion.get("value");
        return new Playbook.Criterion(
                criterion.get("metric").asText(),
                criterion.get("operator").asText(),
                value.isBoolean() ? value.asText() : value.decimalValue().toPlainString());
    }

    private static Playbook.Stage stage(JsonNode stage) {
        @Nullable
        Integer hours = stage.has("timeout_hours") ? stage.get("timeout_hours").intValue() : null;
        return new Playbook.Stage(
                stage.get("name").asText(),
                Business.Status.valueOf(stage.get("status").asText()),
                hours,
                stage.get("budget").decimalValue(),
                all(stage.get("steps")).map(YamlPlaybooks::step).toList());
    }

    private static Playbook.Step step(JsonNode step) {
        Map<String, Object> parameters =
                step.has("parameters") ? Json.readMap(step.get("parameters").toString()) : Map.of();
        return new Playbook.Step(
                step.get("id").asText(),
                step.get("agent").asText(),
                step.get("action").asText(),
                all(step.path("depends_on")).map(JsonNode::asText).toList(),
                parameters);
    }

    static Stream<JsonNode> all(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
