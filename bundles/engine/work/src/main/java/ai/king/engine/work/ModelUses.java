/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.inferences.Inferences.Paid;
import ai.king.store.Json;
import ai.king.store.Query;
import ai.king.store.Reader;
import ai.king.tool.Money;
import ai.king.work.Call;
import ai.king.work.ModelUse;
import ai.king.work.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Adds up what a goal took of models, from the calls that are recorded of it and of its steps. */
final class ModelUses {

    private ModelUses() {}

    static List<ModelUse> of(Reader reader, String goalId, List<Step> steps) {
        List<String> ids =
                Stream.concat(Stream.of(goalId), steps.stream().map(Step::id)).toList();
        Map<String, ModelUse> sums = new LinkedHashMap<>();
        reader.list(Query.of(Call.class).in("stepId", ids).in("tool", List.of("model", "summary"))).stream()
                .filter(call -> call.state() == Call.State.DONE)
                .sorted(Comparator.comparingInt((Call call) -> ids.indexOf(call.stepId()))
                        .thenComparing(Call::startedAt)
                        .thenComparing(Call::id))
                .forEach(call -> {
                    String purpose = purpose(call, steps);
                    for (Paid paid : paid(call)) {
                        sums.merge(
                                String.join("|", purpose, paid.backend(), paid.model()),
                                one(purpose, paid),
                                ModelUses::sum);
                    }
                });
        return List.copyOf(sums.values());
    }

    private static String purpose(Call call, List<Step> steps) {
        return steps.stream()
                .filter(step -> step.id().equals(call.stepId()))
                .map(Step::name)
                .findFirst()
                .orElseGet(() -> String.valueOf(call.arguments().getOrDefault(Thoughts.FOR, "plan")));
    }

    private static List<Paid> paid(Call call) {
        List<Paid> found = new ArrayList<>();
        Map<String, Object> result = call.result() == null ? Map.of() : call.result();
        if (result.get(Thoughts.PAID) instanceof List<?> all) {
            all.forEach(each -> found.add(Json.convert(each, Paid.class)));
        }
        return found;
    }

    private static ModelUse one(String purpose, Paid paid) {
        return new ModelUse(
                purpose, paid.backend(), paid.model(), 1, paid.promptTokens(), paid.completionTokens(), paid.cost());
    }

    private static ModelUse sum(ModelUse one, ModelUse more) {
        Optional<Money> cost = one.cost().flatMap(money -> more.cost()
                .filter(other -> other.currency().equals(money.currency()))
                .map(other -> new Money(money.amount().add(other.amount()), money.currency())));
        return new ModelUse(
                one.purpose(),
                one.backend(),
                one.model(),
                one.calls() + more.calls(),
                one.promptTokens() + more.promptTokens(),
                one.completionTokens() + more.completionTokens(),
                cost);
    }
}
