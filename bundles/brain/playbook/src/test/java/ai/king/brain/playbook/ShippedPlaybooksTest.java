/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.brain.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The playbooks of {@code config/playbooks} are what the rules of the domain say. */
class ShippedPlaybooksTest {

    private static final Path FOLDER = Path.of("../../../config/playbooks");

    private static JsonNode playbook(String name) throws IOException {
        return new YAMLMapper().readTree(FOLDER.resolve(name + ".yaml").toFile());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dropshipping", "saas"})
    void fitsTheSchema(String name) throws IOException {
        JsonNode schema = new ObjectMapper()
                .readTree(FOLDER.resolve("playbook.schema.json").toFile());
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(schema)
                        .validate(playbook(name)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"dropshipping,2150,11", "saas,4200,11"})
    void addsUpAndHasElevenSteps(String name, int total, int steps) throws IOException {
        JsonNode playbook = playbook(name);
        int sum = 0;
        int count = 0;
        for (JsonNode stage : playbook.get("stages")) {
            assertThat(playbook.at("/budget/stages/" + stage.get("name").asText()))
                    .isEqualTo(stage.get("budget"));
            sum += stage.get("budget").asInt();
            count += stage.get("steps").size();
        }
        assertThat(sum).isEqualTo(total).isEqualTo(playbook.at("/budget/total").asInt());
        assertThat(count).isEqualTo(steps);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dropshipping", "saas"})
    void leadsFromEachStageToTheNextOverAGate(String name) throws IOException {
        List<String> stages = new ArrayList<>();
        playbook(name)
                .get("stages")
                .forEach(stage -> stages.add(stage.get("name").asText()));
        List<String> gates = new ArrayList<>();
        playbook(name)
                .get("criteria")
                .forEach(gate -> gates.add(
                        gate.get("from").asText() + ">" + gate.get("to").asText()));
        for (int i = 1; i < stages.size(); i++) {
            assertThat(gates).contains(stages.get(i - 1) + ">" + stages.get(i));
        }
        assertThat(gates).hasSize(stages.size() - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dropshipping", "saas"})
    void dependsOnEarlierStepsOfTheStage(String name) throws IOException {
        for (JsonNode stage : playbook(name).get("stages")) {
            Set<String> before = new HashSet<>();
            for (JsonNode step : stage.get("steps")) {
                step.path("depends_on").forEach(needed -> assertThat(before).contains(needed.asText()));
                assertThat(before.add(step.get("id").asText())).isTrue();
            }
        }
    }

    @Test
    void refusesAnUnknownKey() throws IOException {
        JsonNode schema = new ObjectMapper()
                .readTree(FOLDER.resolve("playbook.schema.json").toFile());
        JsonNode odd = new YAMLMapper().readTree("name: x\ncolour: blue\n");
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(schema)
                        .validate(odd))
                .anyMatch(message -> message.getMessage().contains("colour"));
    }
}
