/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;

/** From "analytics lacks cohort retention" to an agent that answers, on the real platform and without a model. */
public class MissingSkillIT {

    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private static Node node;
    private static Api admin;

    @BeforeClass
    public static void start() {
        node = Node.start(Map.of());
        admin = Api.admin(node);
    }

    @AfterClass
    public static void stop() {
        node.close();
    }

    @Test
    public void aSkillThatIsMissingIsWrittenProposedTriedAndPromoted() throws IOException {
        String business = Sample.into(admin);
        JsonNode asked = admin.post("/agents/code/tasks", Map.of("task", "analytics lacks cohort retention"));
        assertThat(asked.path("outcome").asText()).as(asked.toString()).isEqualTo("WAITING_APPROVAL");
        admin.approve(asked.path("approvalId").asText());
        JsonNode goal = admin.awaitStatus("/goals/" + asked.path("goalId").asText(), PATIENCE, "COMPLETED");
        JsonNode output = goal.path("plan").path("steps").path(0).path("output");
        String path = "/evolution/proposals/" + output.path("proposalId").asText();
        JsonNode ready = admin.awaitStatus(path, PATIENCE, "READY");
        assertThat(ready.path("origin").asText()).isEqualTo("AI");
        assertThat(ready.path("confidence").path("overall").asDouble()).isGreaterThan(0.8);
        assertThat(ready.path("findings").findValuesAsText("check")).contains("compile", "contract", "sandbox");
        admin.approve(ready.path("approvalId").asText());
        admin.awaitStatus(path, PATIENCE, "CANARY");
        admin.post(path + "/promote", Map.of());
        admin.awaitStatus(path, PATIENCE, "COMPLETED");
        JsonNode answer =
                admin.post("/agents/cohortretention/tasks", Map.of("task", "cohort retention", "businessId", business));
        assertThat(answer.path("outcome").asText()).as(answer.toString()).isEqualTo("DONE");
        assertThat(answer.path("data")).isNotEmpty();
        assertThat(admin.get("/evolution/history")
                        .path("items")
                        .path(0)
                        .path("proposalId")
                        .asText())
                .isEqualTo(ready.path("id").asText());
        JsonNode second = admin.post("/agents/code/tasks", Map.of("task", "analytics lacks return rate"));
        admin.approve(second.path("approvalId").asText());
        JsonNode refused = admin.awaitStatus("/goals/" + second.path("goalId").asText(), PATIENCE, "COMPLETED");
        assertThat(refused.toString()).as("one proposal a day").contains("its one proposal of this day (UTC)");
    }
}
