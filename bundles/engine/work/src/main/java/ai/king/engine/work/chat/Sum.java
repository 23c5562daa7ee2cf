/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work.chat;

import ai.king.agent.Records;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashSet;
import java.util.Set;

/** What some order lines add up to. */
final class Sum {
    private BigDecimal revenue = BigDecimal.ZERO;
    private BigDecimal units = BigDecimal.ZERO;
    private long completed;
    private long returned;
    private long cancelled;
    private final Set<String> customers = new HashSet<>();

    void add(Records.Line line) {
        switch (line.text("status")) {
            case "completed" -> {
                completed++;
                units = units.add(line.decimal("quantity"));
                revenue = revenue.add(line.decimal("quantity")
                        .multiply(line.decimal("unit_price"))
                        .subtract(line.decimal("discount")));
                customers.add(line.text("customer_id"));
            }
            case "returned" -> {
                returned++;
                customers.add(line.text("customer_id"));
            }
            default -> cancelled++;
        }
    }

    BigDecimal revenue() {
        return revenue;
    }

    /** Pieces of completed orders. */
    BigDecimal units() {
        return units;
    }

    long completed() {
        return completed;
    }

    long returned() {
        return returned;
    }

    long cancelled() {
        return cancelled;
    }

    /** Who ordered something that was not cancelled. */
    Set<String> customers() {
        return customers;
    }

    long shipped() {
        return completed + returned;
    }

    long all() {
        return shipped() + cancelled;
    }

    BigDecimal average() {
        return revenue.divide(BigDecimal.valueOf(Math.max(1, completed)), 2, RoundingMode.HALF_EVEN);
    }

    BigDecimal perCustomer() {
        return revenue.divide(BigDecimal.valueOf(Math.max(1, customers.size())), 2, RoundingMode.HALF_EVEN);
    }

    BigDecimal measure(Topic topic) {
        return switch (topic) {
            case ORDERS -> BigDecimal.valueOf(shipped());
            case UNITS -> units;
            case CUSTOMERS -> BigDecimal.valueOf(customers.size());
            case CANCELLED -> BigDecimal.valueOf(cancelled);
            case RETURNS -> shipped() == 0
                    ? BigDecimal.ZERO
                    : BigDecimal.valueOf(returned).divide(BigDecimal.valueOf(shipped()), 6, RoundingMode.HALF_EVEN);
            case AOV -> average();
            default -> revenue;
        };
    }
}
