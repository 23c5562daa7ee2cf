/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.business;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a kind of business is built: stages with steps, what each may cost, and what must hold before the next. Money is in the
 * currency of the business.
 *
 * @param total what all stages together may spend
 * @param criteria what must hold between a stage and the next
 */
public record Playbook(
        String name, String type, String description, BigDecimal total, List<Gate> criteria, List<Stage> stages) {

    /** What must hold, all of it, before one stage is left for another. */
    public record Gate(String from, String to, List<Criterion> all) {}

    /**
     * One requirement.
     *
     * @param operator one of {@code >= > == < <=}; for truth only {@code ==}
     * @param value a number in plain digits, {@code true} or {@code false}
     */
    public record Criterion(String metric, String operator, String value) {

        @Override
        public String toString() {
            return metric + " " + operator + " " + value;
        }
    }

    /**
     * A stage.
     *
     * @param status of a business that is in it
     * @param timeoutHours how long it may take; null for as long as it wants
     * @param budget what its steps may spend
     */
    public record Stage(
            String name, Business.Status status, @Nullable Integer timeoutHours, BigDecimal budget, List<Step> steps) {}

    /** @param dependsOn ids of steps of the same stage */
    public record Step(
            String id, String agent, String action, List<String> dependsOn, Map<String, Object> parameters) {}

    /** The gate between two stages; empty where nothing is required. */
    public Optional<Gate> gate(String from, String to) {
        return criteria.stream()
                .filter(gate -> gate.from().equals(from) && gate.to().equals(to))
                .findFirst();
    }
}
