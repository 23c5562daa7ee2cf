/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.business.playbook;

import ai.king.business.Business;
import ai.king.business.PlaybookRefused.Fault;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What a playbook of the right form may still get wrong: agents, dependencies, circles, budgets, gates. */
final class PlaybookShape {

    private final YamlText yaml;
    private final Predicate<String> agent;
    private final List<Fault> faults = new ArrayList<>();
    private final List<String> stages = new ArrayList<>();

    PlaybookShape(YamlText yaml, Predicate<String> agent) {
        this.yaml = yaml;
        this.agent = agent;
    }

    List<Fault> faults() {
        stages();
        budgets();
        gates();
        return faults;
    }

    private void wrong(String pointer, String reason) {
        faults.add(new Fault(yaml.line(pointer), reason));
    }

    private void stages() {
        Set<String> steps = new HashSet<>();
        Business.Status status = Business.Status.DISCOVERY;
        JsonNode all = yaml.tree().get("stages");
        for (int i = 0; i < all.size(); i++) {
            JsonNode stage = all.get(i);
            String at = "/stages/" + i;
            String name = stage.get("name").asText();
            if (stages.contains(name)) {
                wrong(at + "/name", "two stages are called " + name);
            }
            stages.add(name);
            Business.Status own = Business.Status.valueOf(stage.get("status").asText());
            if (own.compareTo(status) < 0) {
                wrong(at + "/status", "a business does not go from " + status + " to " + own + " by a playbook");
            }
            status = own;
            steps(stage.get("steps"), at + "/steps/", steps);
        }
    }

    private void steps(JsonNode all, String at, Set<String> taken) {
        Set<String> here =
                YamlPlaybooks.all(all).map(step -> step.get("id").asText()).collect(Collectors.toSet());
        Map<String, Set<String>> waiting = new HashMap<>();
        for (int i = 0; i < all.size(); i++) {
            JsonNode step = all.get(i);
            String id = step.get("id").asText();
            if (!taken.add(id)) {
                wrong(at + i + "/id", "two steps are called " + id);
            }
            String needs = step.get("agent").asText();
            if (!agent.test(needs)) {
                wrong(at + i + "/agent", "step " + id + " needs the agent " + needs + ", which is not there");
            }
            Set<String> needed = new HashSet<>();
            for (int d = 0; d < step.path("depends_on").size(); d++) {
                String other = step.get("depends_on").get(d).asText();
                if (here.contains(other)) {
                    needed.add(other);
                } else {
                    wrong(
                            at + i + "/depends_on/" + d,
                            "step " + id + " depends on " + other + ", which is no step of its stage");
                }
            }
            waiting.put(id, needed);
        }
        circle(waiting, at);
    }

    private void circle(Map<String, Set<String>> waiting, String at) {
        Set<String> free;
        do {
            free = waiting.entrySet().stream()
                    .filter(entry -> entry.getValue().isEmpty())
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
            waiting.keySet().removeAll(free);
            for (Set<String> needed : waiting.values()) {
                needed.removeAll(free);
            }
        } while (!free.isEmpty());
        if (!waiting.isEmpty()) {
            wrong(
                    at.substring(0, at.length() - 1),
                    "steps wait for each other in a circle: "
                            + waiting.keySet().stream().sorted().collect(Collectors.joining(", ")));
        }
    }

    private void budgets() {
        JsonNode given = yaml.tree().at("/budget/stages");
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < stages.size(); i++) {
            BigDecimal own = yaml.tree().at("/stages/" + i + "/budget").decimalValue();
            sum = sum.add(own);
            JsonNode listed = given.get(stages.get(i));
            if (listed == null || listed.decimalValue().compareTo(own) != 0) {
                wrong(
                        "/budget/stages/" + stages.get(i),
                        "the budget of stage " + stages.get(i) + " is " + own.toPlainString() + " where it stands");
            }
        }
        given.fieldNames().forEachRemaining(name -> {
            if (!stages.contains(name)) {
                wrong("/budget/stages/" + name, "there is no stage " + name);
            }
        });
        if (sum.compareTo(yaml.tree().at("/budget/total").decimalValue()) != 0) {
            wrong("/budget/total", "the stages' budgets add up to " + sum.toPlainString());
        }
    }

    private void gates() {
        JsonNode all = yaml.tree().get("criteria");
        Set<String> there = new HashSet<>();
        for (int i = 0; i < all.size(); i++) {
            String from = all.get(i).get("from").asText();
            String to = all.get(i).get("to").asText();
            int at = stages.indexOf(from);
            if (at < 0 || stages.indexOf(to) != at + 1) {
                wrong("/criteria/" + i, "no stage " + from + " is followed by a stage " + to);
            } else if (!there.add(from)) {
                wrong("/criteria/" + i, "the gate from " + from + " is there twice");
            }
            truths(all.get(i).get("all"), "/criteria/" + i + "/all/");
        }
        for (int i = 0; i + 1 < stages.size(); i++) {
            if (!there.contains(stages.get(i))) {
                wrong("/criteria", "nothing is required between " + stages.get(i) + " and " + stages.get(i + 1));
            }
        }
    }

    private void truths(JsonNode criteria, String at) {
        for (int i = 0; i < criteria.size(); i++) {
            boolean truth = criteria.get(i).get("value").isBoolean();
            if (truth && !criteria.get(i).get("operator").asText().equals("==")) {
                wrong(at + i, "what is true or false is compared by ==");
            }
        }
    }
}
