/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.business.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.king.business.Business.Status;
import ai.king.business.Playbook;
import ai.king.business.PlaybookRefused;
import ai.king.business.PlaybookRefused.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Playbooks as people write them, well and badly. */
class YamlPlaybooksTest {

    static final String SMALL =
            """
            name: Small
            type: small
            description: Two stages.
            budget:
              total: 30
              stages: {look: 10, run: 20}
            criteria:
              - from: look
                to: run
                all:
                  - {metric: seen, operator: ">=", value: 2.5}
            stages:
              - name: look
                status: DISCOVERY
                timeout_hours: 1
                budget: 10
                steps:
                  - {id: first, agent: research, action: web_search, parameters: {minimum: 3}}
                  - {id: second, agent: finance, action: plan, depends_on: [first]}
              - name: run
                status: VALIDATION
                budget: 20
                steps:
                  - {id: third, agent: research, action: web_search}
            """;

    private static final Set<String> AGENTS =
            Set.of("analytics", "code", "commerce", "content", "finance", "legal", "research");

    private final YamlPlaybooks reader = new YamlPlaybooks();

    private List<Fault> faults(String text) {
        return catchThrowableOfType(PlaybookRefused.class, () -> reader.read(text, AGENTS::contains))
                .faults();
    }

    private List<Fault> changed(String from, String to) {
        assertThat(SMALL).contains(from);
        return faults(SMALL.replace(from, to));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dropshipping", "saas"})
    void readsThePlaybooksThatAreShipped(String name) throws IOException {
        String text = Files.readString(Path.of("../../../config/playbooks/" + name + ".yaml"));
        Playbook playbook = reader.read(text, AGENTS::contains);
        assertThat(playbook.type()).isEqualTo(name);
        assertThat(playbook.stages()).hasSize(5);
        assertThat(playbook.criteria()).hasSize(4);
    }

    @Test
    void readsWhatItSays() {
        Playbook playbook = reader.read(SMALL, AGENTS::contains);
        assertThat(playbook.total()).isEqualByComparingTo("30");
        Playbook.Stage look = playbook.stages().get(0);
        assertThat(look.status()).isEqualTo(Status.DISCOVERY);
        assertThat(look.timeoutHours()).isEqualTo(1);
        assertThat(look.steps().get(0).parameters()).containsEntry("minimum", 3);
        assertThat(look.steps().get(1).dependsOn()).containsExactly("first");
        assertThat(playbook.gate("look", "run").orElseThrow().all())
                .extracting(Playbook.Criterion::toString)
                .containsExactly("seen >= 2.5");
        assertThat(playbook.stages().get(1).timeoutHours()).isNull();
    }

    @Test
    void readsJsonToo() {
        String json =
                """
                {"name": "J", "type": "j", "description": "d", "budget": {"total": 1, "stages": {"only": 1}}, "criteria": [],
                 "stages": [{"name": "only", "status": "SETUP", "budget": 1,
                   "steps": [{"id": "a", "agent": "code", "action": "create"}]}]}""";
        assertThat(reader.read(json, AGENTS::contains).stages()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "description: Two stages.|colour: blue|3|colour",
                "type: small|type: Small|2|type",
                "  total: 30|  total: 31|5|add up to 30",
                "look: 10, run: 20|look: 10, run: 21|6|budget of stage run",
                "look: 10, run: 20|look: 10, runs: 20|6|run",
                "from: look|from: peek|8|no stage peek",
                "operator: \">=\"|operator: \"=>\"|11|operator",
                "value: 2.5|value: \"2.5\"|11|value",
                "value: 2.5|value: true|11|true or false",
                "status: DISCOVERY|status: SUNSET|14|status",
                "status: DISCOVERY|status: SETUP|21|does not go from SETUP",
                "timeout_hours: 1|timeout_hours: 0|15|timeout_hours",
                "timeout_hours: 1|timeout_hours: 1:30|15|plain digits",
                "agent: finance|agent: astrology|19|the agent astrology",
                "[first]|[second]|17|circle: second",
                "[first]|[third]|19|no step of its stage",
                "id: third|id: first|24|two steps",
                "name: run|name: look|20|two stages",
                "budget: 20|budget: yes|22|true or false",
                "name: Small|name: &a Small|1|anchors",
                "name: Small|name: !!java.net.URL [x]|1|tags",
                "description: Two stages.|type: small|3|twice",
                "description: Two stages.|description: [|5|expected"
            })
    void refusesWithLineAndReason(String from, String to, int line, String reason) {
        List<Fault> faults = changed(from, to);
        assertThat(faults).anySatisfy(fault -> {
            assertThat(fault.line()).isEqualTo(line);
            assertThat(fault.reason()).contains(reason);
        });
    }

    @Test
    void refusesWhatIsNoPlaybookAtAll() {
        for (String text :
                List.of("", "# nothing", "[]", "7", "a: 1\n---\nb: 2\n", "\u0000", "- ".repeat(50), "{".repeat(5000))) {
            assertThat(faults(text)).as(text).isNotEmpty();
        }
        assertThat(faults("x: " + "y".repeat(70_000))).singleElement().satisfies(fault -> assertThat(fault.reason())
                .contains("more than"));
    }

    @Test
    void refusesABombBeforeItGoesOff() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("a%1$d: &a%1$d [*a%2$d,*a%2$d,*a%2$d,*a%2$d,*a%2$d]%n".formatted(i, i - 1));
        }
        assertThat(faults(bomb.toString())).extracting(Fault::line).containsExactly(1);
    }

    @Test
    void sizesAndReasonsStayReadable() {
        assertThatThrownBy(() -> reader.read(SMALL.replace("agent: ", "agent: x"), AGENTS::contains))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("line 18: step first needs the agent xresearch, which is not there; line 19: ");
    }
}
